package io.redispatterns.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.test.proxy.FaultProxy;
import org.jspecify.annotations.Nullable;

/**
 * One Redis server, without persistence unless asked for.
 */
public final class StandaloneRedis extends RedisTopology {

	private final RedisProcess server;

	private StandaloneRedis(RedisProcess server) {
		super(List.of(server));
		this.server = server;
	}

	/**
	 * Starts a server that runs until it is closed or the JVM ends.
	 * @param arguments what to add to its command line, such as
	 * {@code "--maxmemory", "64mb"}
	 * @return the server, ready to answer
	 */
	public static StandaloneRedis start(String... arguments) {
		return new StandaloneRedis(RedisProcess.start(List.of(arguments)));
	}

	/**
	 * The process, to be hurt or asked.
	 * @return the process
	 */
	public RedisProcess server() {
		return this.server;
	}

	/**
	 * The address on which the server listens.
	 * @return the loopback address
	 */
	public String host() {
		return this.server.host();
	}

	/**
	 * The port on which the server listens.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Opens another port in front of the server on which faults can be made.
	 * @return a proxy that passes everything on
	 * @see RedisProcess#newProxy()
	 */
	public FaultProxy newProxy() {
		return this.server.newProxy();
	}

	/**
	 * Sends a command to the server.
	 * @param command the name and the arguments
	 * @return the reply
	 * @see RedisProcess#command
	 */
	public @Nullable Object command(String... command) {
		return this.server.command(command);
	}

	/**
	 * What a Spring Boot application needs to connect through a proxy.
	 * @param proxy a proxy in front of this server
	 * @return the {@code spring.data.redis} properties
	 */
	public Map<String, String> springProperties(FaultProxy proxy) {
		Map<String, String> properties = new LinkedHashMap<>(springProperties());
		properties.put("spring.data.redis.port", String.valueOf(proxy.port()));
		return properties;
	}

	@Override
	public Map<String, String> springProperties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.data.redis.host", host());
		properties.put("spring.data.redis.port", String.valueOf(port()));
		putPassword(properties);
		return properties;
	}

	@Override
	Object roles() {
		return "master";
	}

}
