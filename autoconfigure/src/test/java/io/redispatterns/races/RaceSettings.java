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
 * @param redis the way to the server
 * @param database the way to the database
 */
record RaceSettings(boolean naive, boolean fences, boolean patient, boolean near, List<String> redis, String database) {

	RaceSettings(boolean naive, boolean fences, boolean patient, boolean near) {
		this(naive, fences, patient, near, List.of(), "");
	}

	RaceSettings at(List<String> redis, String database) {
		return new RaceSettings(this.naive, this.fences, this.patient, this.near, redis, database);
	}

	String[] arguments() {
		List<String> arguments = new ArrayList<>(List.of(String.valueOf(this.naive), String.valueOf(this.fences),
				String.valueOf(this.patient), String.valueOf(this.near), this.database));
		arguments.addAll(this.redis);
		return arguments.toArray(String[]::new);
	}

	static RaceSettings parse(List<String> arguments) {
		return new RaceSettings(Boolean.parseBoolean(arguments.get(0)), Boolean.parseBoolean(arguments.get(1)),
				Boolean.parseBoolean(arguments.get(2)), Boolean.parseBoolean(arguments.get(3)),
				arguments.subList(5, arguments.size()), arguments.get(4));
	}

	/**
	 * What an earlier run has left behind is not seen.
	 */
	private String namespace() {
		return "races" + this.database.replaceAll("\\D", "");
	}

	Stream<String> properties() {
		// A server that answers needs no timeout, and a slow machine opens no breaker.
		// A silent node keeps nobody from their caches.
		// H2 may fail on a first connection while another ends: it is tried again.
		return Stream.concat(this.redis.stream(),
				Stream.of("redis.namespace=" + namespace(), "redis.resilience.command-timeout=20s",
						"redis.resilience.connect-timeout=20s", "redis.cache.nodes.silent-after=0",
						"redis.cache.enabled=" + !this.naive, "redis.cache.defaults.near.enabled=" + this.near,
						"spring.datasource.url=" + this.database, "spring.datasource.hikari.maximum-pool-size=16",
						"spring.datasource.hikari.initialization-fail-timeout=10000"));
	}

}
