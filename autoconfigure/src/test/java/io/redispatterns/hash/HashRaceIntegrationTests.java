package io.redispatterns.hash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.cache.Transactions;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads on two nodes that read, load, put, set and delete the same few objects,
 * also within transactions that commit or do not.
 */
class HashRaceIntegrationTests {

	private static final int KEYS = 3;

	private static final int READERS = 6;

	private static final Duration LENGTH = Duration.ofSeconds(4);

	private final long seed = new Random().nextLong();

	private volatile long end;

	/**
	 * What the source says, and what writers have been acknowledged.
	 */
	private final AtomicLong[] source = counters();

	private final AtomicLong[] acknowledged = counters();

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void noReadIsMixedOrOlderThanAnAcknowledgedWrite(@Redis StandaloneRedis redis) throws Exception {
		race(redis);
	}

	@Test
	void noReadIsMixedOrOlderThanAnAcknowledgedWriteInACluster(@Redis ClusterRedis redis) throws Exception {
		race(redis);
	}

	private void race(RedisTopology redis) throws Exception {
		try (HashNode one = HashNode.start(redis.springProperties()).awaitConnection();
				HashNode two = HashNode.start(redis.springProperties()).awaitConnection()) {
			List<HashStore<Whole>> stores = Stream.of(one, two).map((node) -> node.store("race", Whole.class)).toList();
			List<Callable<Void>> tasks = new ArrayList<>();
			IntStream.range(0, KEYS).forEach((key) -> tasks.add(() -> write(stores.get(key % 2), key)));
			IntStream.range(0, READERS).forEach((i) -> tasks.add(() -> read(stores, new Random(this.seed + i))));
			this.end = System.nanoTime() + LENGTH.toNanos();
			ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
			for (Future<Void> task : threads.invokeAll(tasks)) {
				task.get(1, TimeUnit.MINUTES);
			}
			threads.shutdown();
			System.out.printf("seed %d: %d reads, %d writes, %d loads stored, %d refused%n", this.seed,
					this.reads.get(), Stream.of(this.source).mapToLong(AtomicLong::get).sum(),
					count(stores, Event.STORED), count(stores, Event.REFUSED));
			assertThat(count(stores, Event.STORED)).as("loads that were stored").isPositive();
			assertThat(count(stores, Event.REFUSED)).as("loads that were refused").isPositive();
		}
	}

	private static long count(List<HashStore<Whole>> stores, Event event) {
		return stores.stream().mapToLong((store) -> ((RedisHashStore<?>) store).statistics().of(event)).sum();
	}

	private Void write(HashStore<Whole> store, int key) {
		Random random = new Random(this.seed ^ key);
		while (System.nanoTime() < this.end) {
			long number = this.source[key].get() + 1;
			Whole whole = Whole.of(number);
			Runnable write = switch (random.nextInt(3)) {
				case 0 -> () -> store.put(key, whole);
				case 1 -> () -> store.setFields(key,
						Map.of("number", number, "text", whole.text(), "numbers", whole.numbers()));
				default -> () -> store.delete(key);
			};
			Transactions transactions = new Transactions(() -> this.source[key].set(number));
			switch (random.nextInt(3)) {
				case 0 -> {
					this.source[key].set(number);
					write.run();
				}
				case 1 -> new TransactionTemplate(transactions).executeWithoutResult((status) -> write.run());
				default -> {
					new TransactionTemplate(transactions).executeWithoutResult((status) -> {
						write.run();
						status.setRollbackOnly();
					});
					continue;
				}
			}
			this.acknowledged[key].set(number);
			pause(random, 2_000_000);
		}
		return null;
	}

	private Void read(List<HashStore<Whole>> stores, Random random) {
		while (System.nanoTime() < this.end) {
			int key = random.nextInt(KEYS);
			HashStore<Whole> store = stores.get(random.nextInt(2));
			long floor = this.acknowledged[key].get();
			switch (random.nextInt(4)) {
				case 0 -> store.get(key).ifPresent((whole) -> check(key, whole, floor));
				case 1 -> store.getAll(List.of(key)).values().forEach((whole) -> check(key, whole, floor));
				case 2 -> {
					Map<String, Object> fields = store.getFields(key, "number", "text");
					if (!fields.isEmpty()) {
						assertThat(fields.get("text")).isEqualTo("v" + fields.get("number"));
						assertThat((Long) fields.get("number")).isGreaterThanOrEqualTo(floor);
					}
				}
				default -> check(key, Objects.requireNonNull(store.get(key, () -> load(key, random))), floor);
			}
			this.reads.incrementAndGet();
		}
		return null;
	}

	private Whole load(int key, Random random) {
		long number = this.source[key].get();
		pause(random, 5_000_000);
		return Whole.of(number);
	}

	private void check(int key, Whole whole, long floor) {
		assertThat(whole.number()).as("seed %d, committed", this.seed).isLessThanOrEqualTo(this.source[key].get());
		assertThat(whole).as("seed %d", this.seed).isEqualTo(Whole.of(whole.number()));
		assertThat(whole.number()).as("seed %d", this.seed).isGreaterThanOrEqualTo(floor);
	}

	private static void pause(Random random, int nanos) {
		LockSupport.parkNanos(random.nextInt(nanos));
	}

	private static AtomicLong[] counters() {
		return Stream.generate(AtomicLong::new).limit(KEYS).toArray(AtomicLong[]::new);
	}

	record Whole(long number, String text, List<Long> numbers) {

		static Whole of(long number) {
			return new Whole(number, "v" + number, List.of(number, number));
		}

	}

}
