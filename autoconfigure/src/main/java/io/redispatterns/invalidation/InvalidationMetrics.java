package io.redispatterns.invalidation;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.invalidation.InvalidationStatistics.Event;

/**
 * Meters of the messages about writes.
 */
final class InvalidationMetrics implements MeterBinder {

	private final Listening listening;

	InvalidationMetrics(Listening listening) {
		this.listening = listening;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		InvalidationStatistics statistics = this.listening.statistics();
		for (Event event : Event.values()) {
			FunctionCounter.builder("redis.invalidation.events", statistics, (counted) -> counted.of(event))
				.tag("event", event.name().toLowerCase(Locale.ROOT))
				.description("Messages about writes, and what befell them")
				.register(registry);
		}
		FunctionTimer
			.builder("redis.invalidation.lag", statistics, InvalidationStatistics::timed,
					InvalidationStatistics::lagMicros, TimeUnit.MICROSECONDS)
			.description("Time from a write on another node until this one has heard of it")
			.register(registry);
		Gauge.builder("redis.invalidation.trusted", this.listening, (listening) -> listening.isTrusted() ? 1 : 0)
			.description("Whether what is kept near can be trusted")
			.register(registry);
	}

}
