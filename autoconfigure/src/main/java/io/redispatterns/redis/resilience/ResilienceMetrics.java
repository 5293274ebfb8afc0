package io.redispatterns.redis.resilience;

import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the guard.
 */
final class ResilienceMetrics implements MeterBinder {

	private final List<Guard> guards;

	/**
	 * Create the meters.
	 * @param guards the guard, none where the application has its own executor
	 */
	ResilienceMetrics(List<Guard> guards) {
		this.guards = guards;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.guards.forEach((guard) -> bind(registry, guard));
	}

	private static void bind(MeterRegistry registry, Guard guard) {
		Gauge.builder("redis.resilience.breakers.open", guard, Guard::openBreakers)
			.description("Ways to the server, one or a part of a cluster each, that are closed by a breaker")
			.register(registry);
		String failures = "Commands without a usable reply because Redis is away";
		FunctionCounter.builder("redis.resilience.failures", guard.outages(), Outages::refused)
			.tag("reason", "away")
			.description(failures)
			.register(registry);
		FunctionCounter.builder("redis.resilience.failures", guard.outages(), Outages::unanswered)
			.tag("reason", "timeout")
			.description(failures)
			.register(registry);
		FunctionCounter.builder("redis.resilience.renewals", guard, Guard::renewals)
			.description("Connections that were closed because they did not answer, or led to a replica")
			.register(registry);
	}

}
