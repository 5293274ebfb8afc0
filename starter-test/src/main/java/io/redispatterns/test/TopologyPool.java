package io.redispatterns.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Running servers that one test after another uses, each for itself.
 * <p>
 * The servers that were given back last are lent first, so that an application context
 * which outlives its test class meets its own servers again.
 */
final class TopologyPool implements AutoCloseable {

	private final Map<Request, Deque<RedisTopology>> idle = new HashMap<>();

	Loan borrow(Class<?> type, List<String> arguments) {
		Request request = new Request(type, arguments);
		RedisTopology topology = poll(request);
		if (topology == null) {
			topology = request.start();
		}
		return new Loan(this, request, topology, topology.fingerprint());
	}

	private synchronized @Nullable RedisTopology poll(Request request) {
		return idle(request).poll();
	}

	private synchronized void push(Request request, RedisTopology topology) {
		idle(request).push(topology);
	}

	private Deque<RedisTopology> idle(Request request) {
		return this.idle.computeIfAbsent(request, (unused) -> new ArrayDeque<>());
	}

	@Override
	public synchronized void close() {
		this.idle.values().forEach((topologies) -> topologies.forEach(RedisTopology::close));
		this.idle.clear();
	}

	private record Request(Class<?> type, List<String> arguments) {

		RedisTopology start() {
			String[] array = this.arguments.toArray(String[]::new);
			if (this.type == ClusterRedis.class) {
				return ClusterRedis.start(array);
			}
			return (this.type == SentinelRedis.class) ? SentinelRedis.start(array) : StandaloneRedis.start(array);
		}

	}

	/**
	 * The use of servers by one scope, given back by {@link #close()}.
	 *
	 * @param pool to whom they are given back
	 * @param request what was asked for
	 * @param topology the servers
	 * @param fingerprint their configuration before use
	 */
	record Loan(TopologyPool pool, Request request, RedisTopology topology,
			Object fingerprint) implements AutoCloseable {

		@Override
		public void close() {
			if (this.topology.renew(this.fingerprint)) {
				this.pool.push(this.request, this.topology);
			}
			else {
				this.topology.close();
			}
		}

	}

}
