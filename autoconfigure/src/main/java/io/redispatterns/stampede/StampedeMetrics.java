package io.redispatterns.stampede;

import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.stampede.Admissions.Outcome;

/**
 * Meters of the guard.
 */
final class StampedeMetrics implements MeterBinder {

	private final List<Admissions> admissions;

	/**
	 * Create the meters.
	 * @param admissions what is counted, nothing where the application has its own guard
	 */
	StampedeMetrics(List<Admissions> admissions) {
		this.admissions = admissions;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.admissions.forEach((admissions) -> bind(registry, admissions));
	}

	private static void bind(MeterRegistry registry, Admissions admissions) {
		for (Outcome outcome : Outcome.values()) {
			bind(registry, admissions, outcome, false);
			bind(registry, admissions, outcome, true);
		}
		Gauge.builder("redis.stampede.waiting", admissions, Admissions::waiting)
			.description("Loads that wait for what another node loads")
			.register(registry);
	}

	private static void bind(MeterRegistry registry, Admissions admissions, Outcome outcome, boolean waited) {
		FunctionCounter.builder("redis.stampede.admissions", admissions, (counted) -> counted.of(outcome, waited))
			.tag("outcome", outcome.tag())
			.tag("waited", String.valueOf(waited))
			.description("Misses, by what the guard decided, one for all callers of a node that share a load")
			.register(registry);
	}

}
