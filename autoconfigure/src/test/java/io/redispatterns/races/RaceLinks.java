package io.redispatterns.races;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.message.InvalidationMessage;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import io.redispatterns.test.proxy.FaultProxy.Direction;

/**
 * The ways of nodes to Redis: one that is well and, where links break, two of which each
 * has a proxy, one for the node that never writes. What breaks when, and for how long, is
 * chance; each fault comes once before any comes again.
 */
final class RaceLinks implements AutoCloseable {

	private static final String BUFFER = "client-output-buffer-limit";

	private static final int MEGABYTE = 1 << 20;

	private final RedisTopology redis;

	private final List<FaultProxy> proxies;

	private final Random random;

	private final List<Fault> next = new ArrayList<>();

	/**
	 * Create links that do not break.
	 */
	RaceLinks(RedisTopology redis) {
		this.redis = redis;
		this.proxies = List.of();
		this.random = new Random(0);
	}

	/**
	 * Create links that break.
	 * @param random what breaks when
	 */
	RaceLinks(StandaloneRedis redis, Random random) {
		this.redis = redis;
		this.proxies = List.of(redis.server().newProxy(), redis.server().newProxy());
		this.random = random;
	}

	/**
	 * How a node connects: the first two by a proxy where links break.
	 * @param node 0 for a process of its own, 1 for the node that never writes
	 */
	List<String> of(int node) {
		Map<String, String> properties = (this.redis instanceof StandaloneRedis server && node < this.proxies.size())
				? server.springProperties(this.proxies.get(node)) : this.redis.springProperties();
		return properties.entrySet().stream().map((property) -> property.getKey() + "=" + property.getValue()).toList();
	}

	/**
	 * How many faults there are.
	 */
	int faults() {
		return this.proxies.isEmpty() ? 0 : Fault.values().length;
	}

	/**
	 * Let something break, and heal.
	 * @param namespace the namespace of the nodes
	 * @return what it was
	 */
	Struck strike(String namespace) {
		long begin = System.nanoTime();
		if (this.next.isEmpty()) {
			Collections.addAll(this.next, Fault.values());
			Collections.shuffle(this.next, this.random);
		}
		Fault fault = this.next.remove(0);
		StandaloneRedis server = (StandaloneRedis) this.redis;
		List<FaultProxy> struck = this.random.nextBoolean() ? this.proxies
				: List.of(this.proxies.get((fault != Fault.CUT) ? 1 : 0));
		switch (fault) {
			case KILLED_SUBSCRIBERS -> {
				for (int i = 0; i < 3; i++) {
					server.command("CLIENT", "KILL", "TYPE", "pubsub");
					pause(50, 200);
				}
			}
			case CUT -> {
				struck.forEach(FaultProxy::close);
				pause(100, 1_000);
			}
			case HALF_OPEN -> {
				struck.forEach(FaultProxy::deadSubscribers);
				pause(1_700, 2_300);
			}
			case NOTHING_HEARD -> {
				struck.forEach((proxy) -> proxy.swallow(Direction.TO_CLIENT));
				pause(1_700, 2_300);
			}
			case HUNG -> {
				struck.forEach(FaultProxy::stopReading);
				pause(1_700, 2_300);
			}
			case BUFFER_OVERRUN -> overrun(server, struck, namespace);
			case RESTARTED -> {
				server.server().kill();
				pause(50, 500);
				server.server().restart();
			}
		}
		this.proxies.forEach(FaultProxy::heal);
		return new Struck(fault, struck.stream().map(this.proxies::indexOf).toList(), begin, System.nanoTime());
	}

	/**
	 * Fill the buffers of those who do not read until the server ends their connections.
	 */
	private void overrun(StandaloneRedis server, List<FaultProxy> struck, String namespace) {
		String before = String.valueOf(((List<?>) server.command("CONFIG", "GET", BUFFER)).get(1));
		server.command("CONFIG", "SET", BUFFER, "pubsub %d 0 0".formatted(MEGABYTE));
		String message = new String(
				new InvalidationMessage(WriteKind.EVICT.letter(), 7, 0, 0, "other", new byte[1 << 16]).encode(),
				StandardCharsets.US_ASCII);
		Set<String> listening = listening(server);
		struck.forEach(FaultProxy::stopReading);
		for (int i = 0; i < 1_000 && listening(server).containsAll(listening); i++) {
			server.command("PUBLISH", namespace + ":inv:writes", message);
		}
		pause(100, 1_000);
		server.command("CONFIG", "SET", BUFFER, before);
	}

	private static Set<String> listening(StandaloneRedis server) {
		return String.valueOf(server.command("CLIENT", "LIST", "TYPE", "pubsub"))
			.lines()
			.map((client) -> client.split(" ")[0])
			.collect(Collectors.toSet());
	}

	private void pause(int least, int most) {
		Pauses.pause(Duration.ofMillis(least + this.random.nextInt(most - least)).toNanos());
	}

	@Override
	public void close() {
		this.proxies.forEach(FaultProxy::close);
	}

	/**
	 * What broke, on which of the links with a proxy where it does not concern all, and
	 * when as of {@link System#nanoTime()}.
	 */
	record Struck(Fault fault, List<Integer> links, long begin, long end) {

	}

	/**
	 * What can break.
	 */
	enum Fault {

		KILLED_SUBSCRIBERS, CUT, HALF_OPEN, NOTHING_HEARD, HUNG, BUFFER_OVERRUN, RESTARTED

	}

}
