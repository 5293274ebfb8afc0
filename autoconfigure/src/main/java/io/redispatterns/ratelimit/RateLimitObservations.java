package io.redispatterns.ratelimit;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observations {@code redis.rate.limit} around decisions.
 */
final class RateLimitObservations {

	private final ObservationRegistry registry;

	RateLimitObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	RateLimitDecision observe(Supplier<RateLimitDecision> decide) {
		if (this.registry.isNoop()) {
			return decide.get();
		}
		Observation observation = started();
		try (Observation.Scope scope = observation.openScope()) {
			RateLimitDecision decision = decide.get();
			tell(observation, decision);
			return decision;
		}
		finally {
			observation.stop();
		}
	}

	CompletableFuture<RateLimitDecision> observeLater(Supplier<CompletableFuture<RateLimitDecision>> decide) {
		if (this.registry.isNoop()) {
			return decide.get();
		}
		Observation observation = started();
		return decide.get().whenComplete((decision, ex) -> {
			if (decision != null) {
				tell(observation, decision);
			}
			observation.stop();
		});
	}

	private Observation started() {
		return Observation.start("redis.rate.limit", this.registry).contextualName("rate limit");
	}

	private static void tell(Observation observation, RateLimitDecision decision) {
		observation.lowCardinalityKeyValue("outcome", decision.outcome().tag());
		observation.lowCardinalityKeyValue("source", decision.source().tag());
	}

}
