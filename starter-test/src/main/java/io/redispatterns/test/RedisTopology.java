package io.redispatterns.test;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Running servers that together are one Redis to an application.
 */
public abstract sealed class RedisTopology implements AutoCloseable
		permits StandaloneRedis, ClusterRedis, SentinelRedis {

	private final List<RedisProcess> processes;

	RedisTopology(List<RedisProcess> processes) {
		this.processes = List.copyOf(processes);
	}

	/**
	 * What a Spring Boot application needs to connect.
	 * @return the {@code spring.data.redis} properties of this topology
	 */
	public abstract Map<String, String> springProperties();

	/**
	 * Every process, running or not.
	 * @return the processes in an order that does not change
	 */
	public final List<RedisProcess> processes() {
		return this.processes;
	}

	/**
	 * Counts the calls of each command over all running processes.
	 * @return the number of calls by lower-case name
	 * @see RedisProcess#commandStats()
	 */
	public final Map<String, Long> commandStats() {
		return this.processes.stream()
			.filter(RedisProcess::isRunning)
			.flatMap((process) -> process.commandStats().entrySet().stream())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
	}

	/**
	 * Ends every process and removes its files. Only for servers that were started by
	 * hand: those that were handed to a test end by themselves.
	 */
	@Override
	public final void close() {
		this.processes.forEach(RedisProcess::close);
	}

	/**
	 * The processes that hold data.
	 * @return all but sentinels
	 */
	List<RedisProcess> servers() {
		return this.processes;
	}

	/**
	 * Who is master of what.
	 * @return a value that is equal as long as that does not change
	 */
	abstract Object roles();

	/**
	 * What else than data a test may change.
	 * @return a value that is equal as long as the servers are fit for another test
	 */
	final Object fingerprint() {
		return List.of(roles(), servers().stream().map(RedisTopology::configuration).toList());
	}

	/**
	 * Forgets data, scripts and statistics.
	 * @param fingerprint what the fingerprint was before the use
	 * @return whether the servers are as good as new
	 */
	final boolean renew(Object fingerprint) {
		try {
			if (this.processes.stream().anyMatch(RedisProcess::isHurt) || !fingerprint().equals(fingerprint)) {
				return false;
			}
			servers().forEach(RedisTopology::flush);
			this.processes.forEach(RedisProcess::closeProxies);
			return true;
		}
		catch (IllegalStateException | UncheckedIOException ex) {
			return false;
		}
	}

	final void putPassword(Map<String, String> properties) {
		String password = servers().get(0).password();
		if (!password.isEmpty()) {
			properties.put("spring.data.redis.password", password);
		}
	}

	private static List<@Nullable Object> configuration(RedisProcess server) {
		return Arrays.asList(server.command("CONFIG", "GET", "*"), server.command("ACL", "LIST"),
				server.info("replication").get("role"));
	}

	private static void flush(RedisProcess server) {
		Map<String, String> replication = server.info("replication");
		if ("master".equals(replication.get("role"))) {
			server.command("FLUSHALL");
			server.command("WAIT", replication.getOrDefault("connected_slaves", "0"), "1000");
		}
		server.command("SCRIPT", "FLUSH");
		server.command("CONFIG", "RESETSTAT");
	}

}
