package io.redispatterns.races;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What takes part in a run.
 *
 * @param naive whether the cache is that of Spring Data
 * @param fences whether a transaction is meant to be one with its cache: then there are
 * puts, own reads, and processes that end between commit and eviction
 * @param patient whether a few pauses outlast a lease
 * @param near whether nodes keep entries near
 * @param faulty whether their links to Redis break: then a transaction that cannot be
 * fenced fails, as one that goes on acknowledges what others have not been told
 * @param redis the way to the server
 * @param database the way to the database
 */
record RaceSettings(boolean naive, boolean fences, boolean patient, boolean near, boolean faulty, List<String> redis,
		String database) {

	RaceSettings(boolean naive, boolean fences, boolean patient, boolean near) {
		this(naive, fences, patient, near, false, List.of(), "");
	}

	/**
	 * Near caches whose links break.
	 */
	static RaceSettings faulty(boolean patient) {
		return new RaceSettings(false, true, patient, true, true, List.of(), "");
	}

	RaceSettings at(List<String> redis, String database) {
		return new RaceSettings(this.naive, this.fences, this.patient, this.near, this.faulty, redis, database);
	}

	String[] arguments() {
		List<String> arguments = new ArrayList<>(List.of(String.valueOf(this.naive), String.valueOf(this.fences),
				String.valueOf(this.patient), String.valueOf(this.near), String.valueOf(this.faulty), this.database));
		arguments.addAll(this.redis);
		return arguments.toArray(String[]::new);
	}

	static RaceSettings parse(List<String> arguments) {
		return new RaceSettings(Boolean.parseBoolean(arguments.get(0)), Boolean.parseBoolean(arguments.get(1)),
				Boolean.parseBoolean(arguments.get(2)), Boolean.parseBoolean(arguments.get(3)),
				Boolean.parseBoolean(arguments.get(4)), arguments.subList(6, arguments.size()), arguments.get(5));
	}

	/**
	 * What an earlier run has left behind is not seen.
	 */
	String namespace() {
		return "races" + this.database.replaceAll("\\D", "");
	}

	Stream<String> properties() {
		// A silent node keeps nobody from their caches.
		// H2 may fail on a first connection while another ends: it is tried again.
		Stream<String> all = Stream.of("redis.namespace=" + namespace(), "redis.cache.nodes.silent-after=0",
				"redis.cache.enabled=" + !this.naive, "redis.cache.defaults.near.enabled=" + this.near,
				"spring.datasource.url=" + this.database, "spring.datasource.hikari.maximum-pool-size=16",
				"spring.datasource.hikari.initialization-fail-timeout=10000");
		return Stream.of(this.redis.stream(), all, (this.faulty ? hurt() : unhurt())).flatMap((some) -> some);
	}

	/**
	 * A server that answers needs no timeout, and a slow machine opens no breaker.
	 */
	private static Stream<String> unhurt() {
		return Stream.of("redis.resilience.command-timeout=20s", "redis.resilience.connect-timeout=20s");
	}

	/**
	 * A slow machine is not to be an outage. What stands in for Redis may be as old as
	 * its time, a load and a timeout: where loads are long, nothing does.
	 */
	private Stream<String> hurt() {
		return Stream.of("redis.resilience.command-timeout=500ms", "redis.resilience.breaker.slow-call=10s",
				"redis.invalidation.max-silence=" + RaceRun.FAULTY.toMillis() + "ms",
				"redis.cache.defaults.outage-time-to-live=" + (this.patient ? "0" : "100ms"),
				"redis.cache.defaults.on-fence-failure=fail");
	}

}
