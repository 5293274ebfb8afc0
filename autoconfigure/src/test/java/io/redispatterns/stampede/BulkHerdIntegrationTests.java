package io.redispatterns.stampede;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.redispatterns.Patience;
import io.redispatterns.cache.BulkCache;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Herds of callers on two nodes that miss the same many entries of a cache, in another
 * order each.
 */
class BulkHerdIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(BulkHerdIntegrationTests.class);

	private static final int CALLERS = 8;

	private static final List<Integer> KEYS = IntStream.range(0, 500).boxed().toList();

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private final List<GuardNode> nodes = new ArrayList<>();

	private final ConcurrentMap<Integer, AtomicInteger> loads = new ConcurrentHashMap<>();

	private final AtomicInteger calls = new AtomicInteger();

	@AfterEach
	void stop() {
		this.callers.shutdownNow();
		this.nodes.forEach(GuardNode::close);
	}

	@ParameterizedTest
	@CsvSource({ "redisson, standalone, 2", "redisson, cluster, 2", "lease, standalone, 2", "lease, cluster, 2",
			"local, standalone, 1" })
	void loadsEachMissingKeyOnce(String guard, String topology, int nodes) throws Exception {
		start(guard, topology, nodes);
		for (int round = 0; round < 5; round++) {
			this.loads.clear();
			this.calls.set(0);
			cache(0).clear();
			cache(0).putAll(values(KEYS.subList(0, 300)));
			Random random = new Random(round);
			List<Callable<Map<Integer, String>>> herd = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				BulkCache cache = cache(i % nodes);
				List<Integer> keys = shuffled(KEYS, random);
				herd.add(
						(i % 4 != 3) ? () -> cache.getAll(keys, this::load)
								: () -> cache
									.<Integer, String>retrieveAll(keys,
											(missing) -> CompletableFuture.supplyAsync(() -> load(missing),
													this.callers))
									.get());
			}
			for (Map<Integer, String> found : together(herd)) {
				assertThat(found).isEqualTo(values(KEYS));
			}
			assertThat(this.loads.keySet()).as("what was cached is not loaded")
				.containsExactlyInAnyOrderElementsOf(KEYS.subList(300, 500));
			assertThat(this.loads.values()).as("loads of each key in round %d, %d calls", round, this.calls.get())
				.allSatisfy((count) -> assertThat(count).hasValue(1));
			assertThat(cache(0).getAll(KEYS)).hasSize(500);
			logger.info("{} on {}: {} calls for {} callers", guard, topology, this.calls, CALLERS);
		}
	}

	@ParameterizedTest
	@CsvSource({ "redisson, standalone", "lease, standalone", "lease, cluster", "local, standalone",
			"none, standalone" })
	void neverWaitsForOneWhoWaitsForHim(String guard, String topology) throws Exception {
		start(guard, topology, 2);
		long seed = new Random().nextLong();
		logger.info("Seed {}", seed);
		Random random = new Random(seed);
		long begun = System.nanoTime();
		for (int round = 0; round < 20; round++) {
			List<Callable<Boolean>> herd = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				BulkCache cache = cache(i % 2);
				List<Integer> keys = shuffled(KEYS.subList(0, 40), random).subList(0, 1 + random.nextInt(39));
				int act = random.nextInt(5);
				herd.add(() -> {
					if (act == 0) {
						keys.forEach(cache::evict);
					}
					else if (act == 1) {
						assertThat(cache.get(keys.get(0), () -> value(keys.get(0)))).isEqualTo(value(keys.get(0)));
					}
					else {
						assertThat(cache.getAll(keys, this::load)).as("seed %d", seed).isEqualTo(values(keys));
					}
					return true;
				});
			}
			assertThat(together(herd)).hasSize(CALLERS);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("nobody has waited in vain, seed %d", seed)
			.isLessThan(Duration.ofSeconds(20));
	}

	private Map<Integer, String> load(List<Integer> keys) {
		this.calls.incrementAndGet();
		keys.forEach((key) -> this.loads.computeIfAbsent(key, (first) -> new AtomicInteger()).incrementAndGet());
		LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		return values(keys);
	}

	private static Map<Integer, String> values(List<Integer> keys) {
		return keys.stream().collect(Collectors.toMap((key) -> key, BulkHerdIntegrationTests::value));
	}

	private static String value(Integer key) {
		return "value " + key;
	}

	private static List<Integer> shuffled(List<Integer> keys, Random random) {
		List<Integer> shuffled = new ArrayList<>(keys);
		Collections.shuffle(shuffled, random);
		return shuffled;
	}

	private <T> List<T> together(List<Callable<T>> herd) throws Exception {
		CyclicBarrier all = new CyclicBarrier(herd.size());
		List<Future<T>> futures = new ArrayList<>();
		for (Callable<T> caller : herd) {
			futures.add(this.callers.submit(() -> {
				all.await(20, TimeUnit.SECONDS);
				return caller.call();
			}));
		}
		List<T> results = new ArrayList<>();
		for (Future<T> future : futures) {
			results.add(future.get(30, TimeUnit.SECONDS));
		}
		return results;
	}

	private void start(String guard, String topology, int count) {
		RedisTopology redis = topology.equals("cluster") ? cluster : standalone;
		for (int i = 0; i < count; i++) {
			this.nodes.add(GuardNode
				.start(redis.springProperties(), guard, Patience.and("redis.stampede.wait=30s").toArray(String[]::new))
				.warm());
			cache(i).get("warm", () -> "value");
		}
	}

	private BulkCache cache(int node) {
		return (BulkCache) this.nodes.get(node).cache("many");
	}

}
