package io.redispatterns.cache.node;

import java.time.Duration;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What nodes that share caches know of each other.
 *
 * @param silentAfter Time without a sign of life of another node, which may be cut off
 * and have evictions to tell of, after which caches are not trusted; 0 to trust them
 * always.
 * @param deadAfter Time after which a silent node is taken for dead and forgotten.
 */
@ConfigurationProperties("redis.cache.nodes")
public record CacheNodesProperties(@DefaultValue("1250ms") Duration silentAfter,
		@DefaultValue("30s") Duration deadAfter) {

	private static final Duration SHORTEST = Duration.ofMillis(500);

	public CacheNodesProperties {
		if (!silentAfter.isZero() && silentAfter.compareTo(SHORTEST) < 0) {
			throw new InvalidSettingException("silent-after", silentAfter, "be at least 500ms, or 0",
					"Set at least twice the 250 ms between signs of life, or '0' to trust silent nodes.");
		}
		if (deadAfter.compareTo(silentAfter) <= 0) {
			throw new InvalidSettingException("dead-after", deadAfter, "be longer than 'silent-after'",
					"Set a longer duration such as '30s'.");
		}
	}

}
