package io.redispatterns.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.faults.Faults.OnDemand;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entries that are not what was stored, and values that are too large to be.
 */
@Faults
@ExtendWith(OutputCaptureExtension.class)
class ContentFaultsIntegrationTests {

	private static final int KEY = 7;

	private static final int FLIPS = 1_000;

	private static final String CANARY = "canary-payload";

	@Redis
	static StandaloneRedis redis;

	private static final AtomicInteger loads = new AtomicInteger();

	private static FaultNode node;

	private static RedisConnection connection;

	private static byte[] entryKey;

	@BeforeAll
	static void start() {
		node = FaultNode
			.start(redis.springProperties(), List.of("redis.resilience.command-timeout=10s"),
					new Items(new Database(), (key, nanos) -> loads.incrementAndGet()))
			.connected();
		connection = node.get(RedisConnectionFactory.class).getConnection();
		node.items().find(KEY);
		entryKey = Objects.requireNonNull(connection.keyCommands().keys(bytes(FaultNode.NAMESPACE + ":items:{*")))
			.iterator()
			.next();
	}

	@AfterAll
	static void stop() {
		connection.close();
		node.close();
	}

	@Test
	void f28LoadsOnceWhatIsPoisoned(CapturedOutput output) {
		List<String> violations = new ArrayList<>();
		byte[] good = stored();
		poison("garbage", bytes(CANARY), violations);
		poison("nothing", new byte[0], violations);
		for (int length = 1; length < good.length; length++) {
			poison("first %d bytes".formatted(length), Arrays.copyOf(good, length), violations);
		}
		long before = misses();
		connection.keyCommands().del(entryKey);
		connection.listCommands().lPush(entryKey, bytes(CANARY));
		loadsOnce("list", violations);
		if (misses() != before + 1) {
			violations.add("list: not counted");
		}
		if (output.getAll().contains(CANARY)) {
			violations.add("payload in the log");
		}
		FaultTable.check("F28 poison", "lettuce", violations);
	}

	private static void poison(String what, byte[] entry, List<String> violations) {
		long before = unreadable();
		connection.stringCommands().set(entryKey, entry);
		loadsOnce(what, violations);
		if (unreadable() != before + 1) {
			violations.add(what + ": not counted");
		}
	}

	private static void loadsOnce(String what, List<String> violations) {
		loads.set(0);
		try {
			Item first = node.items().find(KEY);
			Item second = node.items().find(KEY);
			if (loads.get() != 1 || first.key() != KEY || !second.equals(first)) {
				violations.add("%s: %d loads".formatted(what, loads.get()));
			}
		}
		catch (RuntimeException ex) {
			violations.add(what + ": " + ex);
		}
	}

	/**
	 * The envelope has no checksum: a flip can give another entry of the type, which then
	 * is not poison. All others are noticed, loaded once and replaced.
	 */
	@Test
	void f28SurvivesFlippedBits() {
		long seed = System.nanoTime();
		System.out.println("Seed " + seed);
		Random random = new Random(seed);
		List<String> violations = new ArrayList<>();
		byte[] good = stored();
		int unnoticed = 0;
		for (int i = 0; i < FLIPS; i++) {
			byte[] flipped = good.clone();
			int bit = random.nextInt(8 * good.length);
			flipped[bit / 8] ^= (byte) (1 << (bit % 8));
			connection.stringCommands().set(entryKey, flipped);
			loads.set(0);
			try {
				Item first = node.items().find(KEY);
				unnoticed += (loads.get() == 0) ? 1 : 0;
				if (loads.get() > 1 || !node.items().find(KEY).equals(first) || loads.get() > 1) {
					violations.add("bit %d: %d loads".formatted(bit, loads.get()));
				}
			}
			catch (RuntimeException ex) {
				violations.add("bit %d: %s".formatted(bit, ex));
			}
		}
		FaultTable.check("F28 flipped bits, of %d %d gave another entry".formatted(FLIPS, unnoticed), "lettuce",
				violations);
	}

	@Test
	void f25RefusesTheFillOfANodeThatWasStopped(@Redis StandaloneRedis other) {
		Duration lease = Scale.choose(Duration.ofMillis(500), Duration.ofSeconds(3));
		Duration stop = lease.plus(Scale.choose(Duration.ofMillis(500), Duration.ofSeconds(2)));
		String[] properties = { "redis.namespace=" + FaultNode.NAMESPACE,
				"redis.stampede.lease=" + lease.toMillis() + "ms", "redis.resilience.command-timeout=10s" };
		List<String> violations = new ArrayList<>();
		try (PausedNode paused = PausedNode.start(other.springProperties(), properties);
				FaultNode running = FaultNode
					.start(other.springProperties(), List.of(properties), new Items(new Database(), (key, nanos) -> {
					}))
					.connected()) {
			Cache cache = Objects.requireNonNull(running.get(CacheManager.class).getCache(Items.CACHE));
			paused.freeze();
			FaultRun.pause(stop);
			for (int i = 0; i < PausedNode.KEYS; i++) {
				int key = i;
				// Overwritten, overwritten and loaded, or loaded alone when the lease was
				// over
				if (key % 3 != 0) {
					cache.evict(key);
				}
				if (key % 3 != 1) {
					cache.get(key, () -> new Item(key, PausedNode.OLD + 1));
				}
			}
			String all = "{%d=%d}";
			List<String> versions = paused.thaw();
			expect(versions.get(0).equals(all.formatted(PausedNode.OLD, PausedNode.KEYS)),
					"loads got " + versions.get(0), violations);
			expect(versions.get(1).equals(all.formatted(PausedNode.OLD + 1, PausedNode.KEYS)),
					"stale fills: " + versions.get(1), violations);
		}
		FaultTable.check("F25 node stopped for %d ms".formatted(stop.toMillis()), "lettuce", violations);
	}

	@Test
	void f31SurvivesTheLossOfAnyKey(@Redis({ "--maxmemory-policy", "allkeys-lru" }) StandaloneRedis other) {
		try (FaultRun run = new FaultRun(Scale.current())) {
			run.start("lettuce", other.springProperties()).heal(() -> other.command("CONFIG", "SET", "maxmemory", "0"));
			KeyLoss loss = new KeyLoss(other, Scale.current().fault().minus(FaultRun.QUIET));
			Figures figures = run.run(loss);
			FaultTable.check("F31 %s".formatted(loss), "lettuce", Limits.NONE.fresh(), figures);
			assertThat(loss.evicted()).as("keys that the server evicted").isPositive();
		}
	}

	@Test
	@OnDemand
	void f32DoesNotStoreWhatIsTooLarge(@Redis StandaloneRedis other) {
		List<String> violations = new ArrayList<>();
		try (FaultRun run = new FaultRun(Scale.current())) {
			run.start("lettuce", other.springProperties());
			LargeItems large = run.nodes().get(0).get(LargeItems.class);
			Figures figures = run.writers(0).run(() -> {
				for (int i = 0; i < 4; i++) {
					expect(large.text(5 << 20).length() == 5 << 20, "5 MB value", violations);
					expect(large.many(10_000).size() == 10_000, "10000 elements", violations);
					expect(large.named("k".repeat(64 << 10)).equals("short"), "64 KiB key", violations);
					FaultRun.pause(Duration.ofMillis(400));
				}
			});
			expect(length(other, "large") == 0, "5 MB value stored", violations);
			expect(length(other, "many") == 0, "10000 elements stored", violations);
			long keyLength = length(other, "named");
			expect(keyLength > 0 && keyLength < 256, "64 KiB key not hashed", violations);
			expect(run.nodes().get(0).count(LargeItems.CACHE, "redis.cache.unstored", "reason", "size") == 4,
					"5 MB value not counted", violations);
			violations.addAll(Limits.NONE.undisturbed(1.1).violations(figures));
			FaultTable.check("F32 large values and keys", "lettuce", Limits.NONE, figures, violations);
		}
	}

	private static void expect(boolean condition, String violation, List<String> violations) {
		if (!condition) {
			violations.add(violation);
		}
	}

	/**
	 * The longest key of an entry, zero without one.
	 */
	private static long length(StandaloneRedis redis, String cache) {
		List<?> keys = (List<?>) Objects
			.requireNonNull(redis.command("KEYS", FaultNode.NAMESPACE + ":" + cache + ":{*"));
		return keys.stream().mapToInt((key) -> String.valueOf(key).length()).max().orElse(0);
	}

	private static long unreadable() {
		return node.count(Items.CACHE, "redis.cache.unreadable");
	}

	/**
	 * What is of another type is no entry to {@code MGET}.
	 */
	private static long misses() {
		return node.count(Items.CACHE, "cache.gets", "result", "miss");
	}

	private static byte[] stored() {
		return Objects.requireNonNull(connection.stringCommands().get(entryKey));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
