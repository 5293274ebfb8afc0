package io.redispatterns.redis.resilience;

import java.time.Duration;

import io.redispatterns.redis.resilience.ResilienceProperties.Breaker;
import io.redispatterns.redis.resilience.ResilienceProperties.Probe;

/**
 * Settings as they are without a property.
 */
final class Settings {

	static final ResilienceProperties DEFAULTS = new ResilienceProperties(true, Duration.ofMillis(250),
			Duration.ofMillis(500), null, new Breaker(5, Duration.ofMillis(100)),
			new Probe(Duration.ofMillis(100), Duration.ofMillis(500)));

	private Settings() {
	}

}
