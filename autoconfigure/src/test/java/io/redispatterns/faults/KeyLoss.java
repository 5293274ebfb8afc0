package io.redispatterns.faults;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.redispatterns.test.StandaloneRedis;

/**
 * A server without room for all keys, and then one from which a tenth of the keys
 * vanishes in each second, and half of the leases.
 */
final class KeyLoss implements Runnable {

	private static final long SEED = 42;

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private static final double SHARE = 0.1 * INTERVAL.toMillis() / 1_000;

	/** What the server has room for. */
	private static final int ROOM = Database.KEYS * 3 / 4;

	private static final int STEP = 2 << 10;

	private final StandaloneRedis redis;

	private final Duration time;

	private int deleted;

	private int leases;

	KeyLoss(StandaloneRedis redis, Duration time) {
		this.redis = redis;
		this.time = time;
	}

	@Override
	public void run() {
		long begin = System.nanoTime();
		repeat(begin + this.time.toNanos() / 2, this::squeeze);
		this.redis.command("CONFIG", "SET", "maxmemory", "0");
		Random random = new Random(SEED);
		repeat(begin + this.time.toNanos(),
				() -> ((List<?>) Objects.requireNonNull(this.redis.command("KEYS", FaultNode.NAMESPACE + ":*")))
					.forEach((key) -> lose(String.valueOf(key), random)));
	}

	private static void repeat(long end, Runnable step) {
		while (System.nanoTime() < end) {
			step.run();
			FaultRun.pause(INTERVAL);
		}
	}

	/**
	 * What connections take is part of the limit too, and is not the same for long.
	 */
	private void squeeze() {
		long used = Long.parseLong(Objects.requireNonNull(this.redis.server().info("memory").get("used_memory")));
		long entries = (Long) Objects.requireNonNull(this.redis.command("DBSIZE"));
		this.redis.command("CONFIG", "SET", "maxmemory", String.valueOf(used + ((entries > ROOM) ? -STEP : STEP)));
	}

	private void lose(String key, Random random) {
		boolean lease = key.endsWith(":l");
		if (random.nextDouble() < (lease ? 0.5 : SHARE)) {
			this.redis.command("DEL", key);
			this.leases += lease ? 1 : 0;
			this.deleted++;
		}
	}

	long evicted() {
		return Long.parseLong(Objects.requireNonNull(this.redis.server().info("stats").get("evicted_keys")));
	}

	@Override
	public String toString() {
		return "%d keys deleted, %d of them leases, %d evicted".formatted(this.deleted, this.leases, evicted());
	}

}
