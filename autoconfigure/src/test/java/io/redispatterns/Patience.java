package io.redispatterns;

import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of nodes in tests where Redis is well and only the machine may be slow: the
 * guard takes nobody's slowness for an outage, nor a cache a busy node for a dead one.
 */
public final class Patience {

	public static final List<String> SETTINGS = List.of("redis.resilience.command-timeout=10s",
			"redis.resilience.connect-timeout=10s", "redis.resilience.breaker.slow-call=10s",
			"redis.resilience.probe.timeout=10s", "redis.cache.nodes.silent-after=0",
			"redis.rate-limit.command-timeout=10s");

	/**
	 * What they are without a property, but for timeouts of commands: for a test that
	 * hurts Redis.
	 */
	public static final List<String> NONE = List.of("redis.resilience.connect-timeout=500ms",
			"redis.resilience.breaker.slow-call=100ms", "redis.resilience.probe.timeout=500ms",
			"redis.cache.nodes.silent-after=1250ms");

	/**
	 * {@link #SETTINGS} with others.
	 */
	public static Stream<String> and(String... others) {
		return Stream.concat(SETTINGS.stream(), Stream.of(others));
	}

	/**
	 * {@link #NONE} with others.
	 */
	public static String[] without(String... others) {
		return Stream.concat(NONE.stream(), Stream.of(others)).toArray(String[]::new);
	}

	private Patience() {
	}

}
