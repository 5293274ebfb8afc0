package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.RedisProcess;

/**
 * Moves slots of a cluster from master to master, with the keys that are in them.
 */
final class Resharding {

	/** For each slot there is a time when some of its keys are here and some there. */
	private static final Duration HALFWAY = Duration.ofMillis(3);

	private final ClusterRedis redis;

	private int moved;

	Resharding(ClusterRedis redis) {
		this.redis = redis;
	}

	/**
	 * Move all slots that have keys of a pattern to the next master, one after the other,
	 * until time is up.
	 */
	void move(String pattern, Duration time) {
		long end = System.nanoTime() + time.toNanos();
		List<RedisProcess> masters = this.redis.masters();
		for (int i = 0; i < masters.size(); i++) {
			RedisProcess from = masters.get(i);
			RedisProcess to = masters.get((i + 1) % masters.size());
			Set<String> slots = new LinkedHashSet<>();
			strings(from, "KEYS", pattern).forEach((key) -> slots.add(call(from, "CLUSTER", "KEYSLOT", key)));
			for (String slot : slots) {
				if (System.nanoTime() < end) {
					move(slot, from, to);
					this.moved++;
				}
			}
		}
	}

	/**
	 * How often servers sent clients away, or could not tell where to.
	 */
	private long count(String error) {
		return this.redis.masters()
			.stream()
			.map((master) -> master.info("errorstats").getOrDefault("errorstat_" + error, "count=0"))
			.mapToLong((count) -> Long.parseLong(count.substring("count=".length())))
			.sum();
	}

	@Override
	public String toString() {
		return "%d slots moved, %d MOVED, %d ASK, %d TRYAGAIN".formatted(this.moved, count("MOVED"), count("ASK"),
				count("TRYAGAIN"));
	}

	private static void move(String slot, RedisProcess from, RedisProcess to) {
		String source = call(from, "CLUSTER", "MYID");
		String target = call(to, "CLUSTER", "MYID");
		call(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", source);
		call(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", target);
		FaultRun.pause(HALFWAY);
		for (List<String> keys = keys(slot, from, 1); !keys.isEmpty(); keys = keys(slot, from, 1)) {
			List<String> command = new ArrayList<>(
					List.of("MIGRATE", to.host(), String.valueOf(to.port()), "", "0", "1000", "REPLACE", "KEYS"));
			command.addAll(keys);
			call(from, command.toArray(String[]::new));
			FaultRun.pause(HALFWAY);
		}
		call(to, "CLUSTER", "SETSLOT", slot, "NODE", target);
		call(from, "CLUSTER", "SETSLOT", slot, "NODE", target);
	}

	private static List<String> keys(String slot, RedisProcess from, int count) {
		return strings(from, "CLUSTER", "GETKEYSINSLOT", slot, String.valueOf(count));
	}

	private static List<String> strings(RedisProcess server, String... command) {
		return ((List<?>) Objects.requireNonNull(server.command(command))).stream().map(String::valueOf).toList();
	}

	private static String call(RedisProcess server, String... command) {
		return String.valueOf(server.command(command));
	}

}
