package io.redispatterns.stampede;

import java.time.Duration;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How many load an entry that many miss.
 *
 * @param enabled Whether loads are guarded beyond one node.
 * @param guard Who among the nodes, or the callers of one, loads an entry.
 * @param autoSync Whether annotated methods are guarded as if they said sync=true, where
 * that is possible.
 * @param patience Longest wait of a caller for what another loads; then it loads itself.
 * @param lease Time after which the lease or lock of a node that has died ends; a load
 * that goes on longer renews it.
 */
@ConfigurationProperties("redis.stampede")
public record StampedeProperties(@DefaultValue("true") boolean enabled, @DefaultValue("redisson") Guard guard,
		@DefaultValue("true") boolean autoSync, @Name("wait") @DefaultValue("5s") Duration patience,
		@DefaultValue("3s") Duration lease) {

	private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

	public StampedeProperties {
		InvalidSettingException.requirePositive("wait", patience);
		if (lease.compareTo(SHORTEST_LEASE) < 0) {
			throw new InvalidSettingException("lease", lease, "be at least 100ms",
					"Set a duration that is longer than a few round trips to Redis, such as '3s'.");
		}
	}

	/**
	 * Who loads an entry that many miss.
	 */
	public enum Guard {

		/**
		 * One caller of all nodes, who holds a Redisson lock.
		 */
		REDISSON,

		/**
		 * One caller of all nodes, who holds the lease of the entry.
		 */
		LEASE,

		/**
		 * One caller of each node.
		 */
		LOCAL,

		/**
		 * Every caller.
		 */
		NONE

	}

}
