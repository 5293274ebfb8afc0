package io.redispatterns.warming;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.warming.run.Tally;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Meters of the warm-ups of this node.
 */
final class WarmingMetrics implements SmartInitializingSingleton {

	private final MeterRegistry registry;

	private final Map<String, Tally> tallies;

	WarmingMetrics(MeterRegistry registry, WarmUps warmUps) {
		this.registry = registry;
		this.tallies = warmUps.tallies();
	}

	// After the warm-ups, on which this bean depends
	@Override
	public void afterSingletonsInstantiated() {
		this.tallies.forEach((cache, tally) -> {
			entries(cache, tally, "warmed", Tally::warmedEntries);
			entries(cache, tally, "failed", Tally::failedEntries);
			FunctionTimer.builder("redis.warming.duration", tally, Tally::runs, Tally::nanos, TimeUnit.NANOSECONDS)
				.tag("cache", cache)
				.description("Whole warm-ups of this node")
				.register(this.registry);
		});
	}

	private void entries(String cache, Tally tally, String outcome, ToDoubleFunction<Tally> count) {
		FunctionCounter.builder("redis.warming.entries", tally, count)
			.tag("cache", cache)
			.tag("outcome", outcome)
			.description("Entries that were read to warm a cache")
			.register(this.registry);
	}

}
