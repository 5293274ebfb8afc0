package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;

/**
 * A database that is slow, or away, behind caches that are not.
 */
@Faults
class SourceFaultsIntegrationTests {

	private static final int NODES = 3;

	private static final int KEYS = 50;

	private static final int COLD = 100;

	private static final int CALLERS = 200;

	@Redis
	static StandaloneRedis redis;

	private final Database database = new Database();

	private final AtomicIntegerArray loads = new AtomicIntegerArray(Database.KEYS);

	private final List<FaultNode> nodes = new ArrayList<>();

	private volatile Duration slow = Duration.ZERO;

	private volatile boolean down;

	@BeforeEach
	void flush() {
		redis.command("FLUSHALL");
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(FaultNode::close);
	}

	private void start(String... properties) {
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(
					FaultNode
						.start(redis.springProperties(), List.of(properties),
								new Items(this.database, (key, nanos) -> onLoad(key)))
						.connected());
		}
		IntStream.range(0, KEYS).forEach((key) -> this.nodes.get(0).items().find(key));
		IntStream.range(0, KEYS).forEach((key) -> this.loads.set(key, 0));
	}

	private void onLoad(int key) {
		this.loads.incrementAndGet(key);
		if (this.down) {
			throw new IllegalStateException("The database is away");
		}
		FaultRun.pause(this.slow);
	}

	@Test
	void f26KeepsWarmKeysWarmAndLoadsColdOnesOnce() {
		start("redis.cache.defaults.early-refresh=0");
		this.slow = Duration.ofSeconds(2);
		ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
		try {
			List<CompletableFuture<Item>> cold = IntStream.range(0, CALLERS)
				.mapToObj((caller) -> CompletableFuture
					.supplyAsync(() -> this.nodes.get(caller % NODES).items().find(COLD), threads))
				.toList();
			List<String> violations = new ArrayList<>();
			for (int key = 0; key < KEYS; key++) {
				this.nodes.get(key % NODES).items().find(key);
			}
			if (cold.stream().allMatch(CompletableFuture::isDone)) {
				violations.add("warm keys took as long as the cold one");
			}
			cold.forEach(CompletableFuture::join);
			if (this.loads.get(COLD) != 1) {
				violations.add("%d loads of a cold key for %d callers".formatted(this.loads.get(COLD), CALLERS));
			}
			FaultTable.check("F26 database slow", "lettuce", violations);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void f27ServesWhatHasExpiredWhileTheDatabaseIsAway() {
		start("redis.cache.defaults.time-to-live=500ms", "redis.cache.defaults.jitter=0",
				"redis.cache.defaults.early-refresh=0", "redis.cache.defaults.stale-if-error=5s");
		List<String> violations = new ArrayList<>();
		FaultRun.pause(Duration.ofSeconds(1));
		this.down = true;
		int errors = askForAll();
		if (errors > 0 || served() != KEYS * NODES) {
			violations.add("%d errors, %d of %d reads served".formatted(errors, served(), KEYS * NODES));
		}
		this.down = false;
		IntStream.range(0, KEYS).forEach((key) -> this.loads.set(key, 0));
		FaultRun.pause(Duration.ofMillis(1200));
		errors = askForAll();
		int most = IntStream.range(0, KEYS).map(this.loads::get).max().orElseThrow();
		if (errors > 0 || most > 1) {
			violations.add("%d errors, %d loads of a key when the database is back".formatted(errors, most));
		}
		this.down = true;
		await().atMost(Duration.ofSeconds(30)).until(() -> askForAll() == KEYS * NODES);
		FaultTable.check("F27 database away", "lettuce", violations);
	}

	private long served() {
		return this.nodes.stream().mapToLong((node) -> node.count(Items.CACHE, "redis.cache.stale")).sum();
	}

	private int askForAll() {
		AtomicInteger errors = new AtomicInteger();
		for (FaultNode node : this.nodes) {
			for (int key = 0; key < KEYS; key++) {
				try {
					node.items().find(key);
				}
				catch (IllegalStateException ex) {
					errors.incrementAndGet();
				}
			}
		}
		return errors.get();
	}

}
