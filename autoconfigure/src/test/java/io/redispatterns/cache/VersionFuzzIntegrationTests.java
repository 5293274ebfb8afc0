package io.redispatterns.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many versions of few keys, put by many threads of two nodes in random order: what is
 * read never goes back, and the highest remains. {@code -Dversions.seed} repeats a run.
 */
class VersionFuzzIntegrationTests {

	private static final long SEED = Long.getLong("versions.seed", new Random().nextLong());

	private static final int VERSIONS = 400;

	private static final int WRITERS = 8;

	@Redis
	static StandaloneRedis redis;

	private static final List<CacheNode> nodes = new ArrayList<>();

	private final AtomicBoolean written = new AtomicBoolean();

	private final String key = UUID.randomUUID().toString();

	@BeforeAll
	static void start() {
		for (int i = 0; i < 2; i++) {
			nodes.add(CacheNode.start(redis,
					List.of("redis.cache.caches.stock.version=#this", "redis.cache.caches.stock.type=java.lang.Long")));
		}
	}

	@AfterAll
	static void stop() {
		nodes.forEach(CacheNode::close);
	}

	@Test
	void leavesTheHighestVersion() throws Exception {
		System.out.println("versions.seed=" + SEED);
		Random random = new Random(SEED);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			for (int round = 0; round < 10; round++) {
				long lowest = random.nextBoolean() ? random.nextLong() >> 1 : random.nextInt(VERSIONS) - VERSIONS;
				run(threads, random, round, lowest);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void run(ExecutorService threads, Random random, int round, long lowest) throws Exception {
		List<Long> versions = new ArrayList<>();
		for (int i = 0; i < VERSIONS; i++) {
			versions.add(lowest + i);
		}
		Collections.shuffle(versions, random);
		this.written.set(false);
		List<Future<?>> readers = new ArrayList<>();
		nodes.forEach((node) -> readers.add(threads.submit(() -> read(node, round))));
		List<Future<?>> writers = new ArrayList<>();
		int share = VERSIONS / WRITERS;
		for (int i = 0; i < WRITERS; i++) {
			CacheNode node = nodes.get(i % 2);
			List<Long> mine = versions.subList(i * share, (i + 1) * share);
			writers.add(threads.submit(() -> mine.forEach((version) -> cache(node).put(this.key + round, version))));
		}
		for (Future<?> writer : writers) {
			writer.get();
		}
		this.written.set(true);
		for (Future<?> reader : readers) {
			reader.get();
		}
		for (CacheNode node : nodes) {
			assertThat(cache(node).get(this.key + round, Long.class)).as("versions.seed=%d round %d", SEED, round)
				.isEqualTo(lowest + VERSIONS - 1);
		}
	}

	private void read(CacheNode node, int round) {
		long last = Long.MIN_VALUE;
		while (!this.written.get()) {
			Long found = cache(node).get(this.key + round, Long.class);
			if (found != null) {
				assertThat(found).as("versions.seed=%d round %d", SEED, round).isGreaterThanOrEqualTo(last);
				last = found;
			}
		}
	}

	private static RedisCacheAside cache(CacheNode node) {
		return (RedisCacheAside) node.cache("stock");
	}

}
