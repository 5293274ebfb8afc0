package io.redispatterns.warming;

import java.time.Duration;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How caches are warmed.
 *
 * @param enabled Whether annotated methods warm their caches.
 * @param rate How many entries each annotated method has read in a second at most.
 * @param freshFor Time for which a warm-up counts for nodes that start, which then do not
 * repeat it.
 * @param readinessGate Whether the application accepts traffic only when its warm-up on
 * start has ended, on this node or another.
 * @param timeout Longest wait of the readiness gate.
 */
@ConfigurationProperties("redis.warming")
record WarmingProperties(@DefaultValue("true") boolean enabled, @DefaultValue("100") int rate,
		@DefaultValue("10m") Duration freshFor, @DefaultValue("false") boolean readinessGate,
		@DefaultValue("1m") Duration timeout) {

	WarmingProperties {
		if (rate <= 0) {
			throw new InvalidSettingException("rate", rate, "be greater than zero",
					"Set how many entries are read in a second, such as '100'.");
		}
		InvalidSettingException.requireNotNegative("fresh-for", freshFor, "or '0' to have every node warm on start");
		InvalidSettingException.requirePositive("timeout", timeout);
	}

}
