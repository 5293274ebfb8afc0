package io.redispatterns.warming;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.warming.run.Tally;

/**
 * Meters of the warm-ups of this node.
 */
final class WarmingMetrics implements MeterBinder {

	private final WarmUps warmUps;

	WarmingMetrics(WarmUps warmUps) {
		this.warmUps = warmUps;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.warmUps.tallies().forEach((cache, tally) -> {
			entries(registry, cache, tally, "warmed", Tally::warmedEntries);
			entries(registry, cache, tally, "failed", Tally::failedEntries);
			FunctionTimer.builder("redis.warming.duration", tally, Tally::runs, Tally::nanos, TimeUnit.NANOSECONDS)
				.tag("cache", cache)
				.description("Whole warm-ups of this node")
				.register(registry);
		});
	}

	private static void entries(MeterRegistry registry, String cache, Tally tally, String outcome,
			ToDoubleFunction<Tally> count) {
		FunctionCounter.builder("redis.warming.entries", tally, count)
			.tag("cache", cache)
			.tag("outcome", outcome)
			.description("Entries that were read to warm a cache")
			.register(registry);
	}

}
