package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Transactions on one node beside readers and writers on another: no old value is served
 * after a commit, whatever comes between.
 */
class FenceIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class Standalone extends Fences {

		@Override
		RedisTopology redis() {
			return standalone;
		}

	}

	@Nested
	class Cluster extends Fences {

		@Override
		RedisTopology redis() {
			return cluster;
		}

	}

	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	abstract static class Fences {

		/**
		 * What a slow machine holds up stands for nothing.
		 */
		private static final List<String> PROPERTIES = List.of("redis.cache.nodes.silent-after=0",
				"redis.cache.defaults.outage-time-to-live=0");

		private CacheNode node;

		private CacheNode other;

		private final AtomicReference<String> database = new AtomicReference<>("old");

		abstract RedisTopology redis();

		@BeforeAll
		void start() {
			this.node = CacheNode.start(redis(), PROPERTIES);
			this.other = CacheNode.start(redis(), PROPERTIES);
		}

		@AfterAll
		void stop() {
			this.other.close();
			this.node.close();
		}

		@BeforeEach
		void reset() {
			this.database.set("old");
		}

		private RedisCacheAside cache() {
			return (RedisCacheAside) this.node.cache("fenced");
		}

		private RedisCacheAside seen() {
			return (RedisCacheAside) this.other.cache("fenced");
		}

		private String read(RedisCacheAside cache, String key) {
			return cache.get(key, this.database::get);
		}

		private boolean isStored(String key) {
			return seen().get(key) != null;
		}

		/** R3. */
		@Test
		void nobodyReadsTheOldValueAfterTheCommit() {
			for (int round = 0; round < 5; round++) {
				String key = UUID.randomUUID().toString();
				this.database.set("old");
				assertThat(read(cache(), key)).isEqualTo("old");
				AtomicBoolean stopped = new AtomicBoolean();
				List<CompletableFuture<Void>> readers = Stream.of(cache(), seen())
					.map((any) -> reader(any, key, stopped))
					.toList();
				TransactionTemplate transaction = new TransactionTemplate(new Transactions(() -> {
					pause(30);
					this.database.set("new");
				}));
				transaction.executeWithoutResult((status) -> cache().evict(key));
				for (int i = 0; i < 20; i++) {
					assertThat(read(cache(), key)).isEqualTo("new");
					assertThat(read(seen(), key)).isEqualTo("new");
				}
				stopped.set(true);
				readers.forEach(CompletableFuture::join);
				assertThat(read(seen(), key)).isEqualTo("new");
			}
		}

		private CompletableFuture<Void> reader(RedisCacheAside cache, String key, AtomicBoolean stopped) {
			return CompletableFuture.runAsync(() -> {
				while (!stopped.get()) {
					cache.get(key, () -> {
						String value = this.database.get();
						pause(1);
						return value;
					});
				}
			}, (work) -> new Thread(work).start());
		}

		/** R4. */
		@Test
		void aRollbackLeavesNoTrace() {
			String key = UUID.randomUUID().toString();
			cache().put(key, "old");
			HeldTransaction early = HeldTransaction.of(() -> {
				cache().put(key, "uncommitted");
				cache().put(key + "x", "uncommitted");
				assertThat(cache().get(key + "y", () -> "uncommitted")).isEqualTo("uncommitted");
			});
			early.end(TransactionSynchronization.STATUS_ROLLED_BACK);
			assertThat(cache().get(key, String.class)).isEqualTo("old");
			HeldTransaction late = HeldTransaction.of(() -> {
				cache().put(key, "uncommitted");
				cache().put(key + "x", "uncommitted");
			}).beforeCommit();
			assertThat(isStored(key)).as("fenced").isFalse();
			late.end(TransactionSynchronization.STATUS_ROLLED_BACK);
			for (String any : List.of(key, key + "x", key + "y")) {
				assertThat(cache().get(any)).isNull();
				assertThat(seen().get(any)).isNull();
			}
			assertThat(read(seen(), key)).isEqualTo("old");
			assertThat(isStored(key)).as("no fence is left").isTrue();
		}

		/** R5. */
		@Test
		void aPutIsNotSeenBeforeTheCommit() {
			String key = UUID.randomUUID().toString();
			HeldTransaction writer = HeldTransaction.of(() -> cache().put(key, "new"));
			assertThat(isStored(key)).isFalse();
			writer.beforeCommit();
			assertThat(isStored(key)).isFalse();
			writer.afterCommit();
			assertThat(seen().get(key, String.class)).isEqualTo("new");
		}

		@Test
		void aTransactionOfWhichNobodyKnowsHowItEndedLeavesItsFence() {
			String key = UUID.randomUUID().toString();
			HeldTransaction writer = HeldTransaction.of(() -> cache().put(key, "new")).beforeCommit();
			writer.end(TransactionSynchronization.STATUS_UNKNOWN);
			assertThat(read(seen(), key)).isEqualTo(this.database.get());
			assertThat(isStored(key)).isFalse();
		}

		@Test
		void aCrashBeforeTheReleaseCostsMissesOnly() {
			String key = UUID.randomUUID().toString();
			this.database.set("old");
			assertThat(read(seen(), key)).isEqualTo("old");
			assertThat(isStored(key)).isTrue();
			long begun = System.nanoTime();
			HeldTransaction.of(() -> cache().evict(key)).beforeCommit();
			assertThat(read(seen(), key)).as("loaded before the commit").isEqualTo("old");
			this.database.set("new");
			for (int i = 0; i < 20; i++) {
				assertThat(read(seen(), key)).isEqualTo("new");
				assertThat(read(cache(), key)).isEqualTo("new");
			}
			assertThat(isStored(key)).as("while the fence is there").isFalse();
			await().atMost(Duration.ofSeconds(15)).until(() -> {
				assertThat(read(seen(), key)).isEqualTo("new");
				return isStored(key);
			});
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(9));
		}

		static Stream<Arguments> writers() {
			return IntStream.range(0, 16)
				.mapToObj((i) -> Arguments.of((i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0));
		}

		/** R6. */
		@ParameterizedTest(name = "first puts: {0}, second puts: {1}, overlap: {2}, reordered: {3}")
		@MethodSource("writers")
		void twoWritersNeverLeaveTheOlderValue(boolean firstPuts, boolean secondPuts, boolean overlap,
				boolean reordered) {
			String key = UUID.randomUUID().toString();
			HeldTransaction first = write(cache(), key, firstPuts ? "first" : null);
			HeldTransaction second = write(seen(), key, secondPuts ? "second" : null);
			first.beforeCommit();
			if (overlap) {
				second.beforeCommit();
			}
			this.database.set("first");
			if (!overlap) {
				second.beforeCommit();
			}
			this.database.set("second");
			(reordered ? second : first).afterCommit();
			assertThat(read(cache(), key)).isEqualTo("second");
			(reordered ? first : second).afterCommit();
			assertThat(read(cache(), key)).isEqualTo("second");
			assertThat(read(seen(), key)).isEqualTo("second");
		}

		private static HeldTransaction write(RedisCacheAside cache, String key, String value) {
			return HeldTransaction.of(() -> {
				if (value != null) {
					cache.put(key, value);
				}
				else {
					cache.evict(key);
				}
			});
		}

		@Test
		void manyWritersNeverLeaveAnOlderValue() {
			long seed = System.nanoTime();
			Random random = new Random(seed);
			for (int round = 0; round < 100; round++) {
				String key = UUID.randomUUID().toString();
				List<HeldTransaction> fenced = new ArrayList<>();
				Map<HeldTransaction, String> values = new HashMap<>();
				List<HeldTransaction> committed = new ArrayList<>();
				this.database.set("none");
				for (int step = 0; step < 20; step++) {
					switch (random.nextInt(4)) {
						case 0 -> {
							String value = "seed %d, round %d, step %d".formatted(seed, round, step);
							HeldTransaction begun = write(random.nextBoolean() ? cache() : seen(), key,
									(random.nextInt(3) > 0) ? value : null);
							values.put(begun, value);
							fenced.add(begun.beforeCommit());
						}
						case 1 -> take(fenced, random).ifPresent((next) -> {
							this.database.set(values.get(next));
							committed.add(next);
						});
						case 2 -> take(committed, random).ifPresent(HeldTransaction::afterCommit);
						default -> read(random.nextBoolean() ? cache() : seen(), key);
					}
					assertThat(read(cache(), key)).as("seed %d, round %d", seed, round).isEqualTo(this.database.get());
				}
				committed.forEach(HeldTransaction::afterCommit);
				fenced.forEach((left) -> left.end(TransactionSynchronization.STATUS_ROLLED_BACK));
				assertThat(read(seen(), key)).as("seed %d, round %d", seed, round).isEqualTo(this.database.get());
				assertThat(isStored(key)).as("no fence is left: seed %d, round %d", seed, round).isTrue();
			}
		}

		private static Optional<HeldTransaction> take(List<HeldTransaction> from, Random random) {
			return Optional.of(from)
				.filter((some) -> !some.isEmpty())
				.map((some) -> some.remove(random.nextInt(some.size())));
		}

		@Test
		void aWriteBesideATransactionIsNotOverwritten() {
			String key = UUID.randomUUID().toString();
			HeldTransaction writer = HeldTransaction.of(() -> cache().put(key, "transaction")).beforeCommit();
			this.database.set("direct");
			seen().put(key, "direct");
			writer.afterCommit();
			assertThat(read(seen(), key)).isEqualTo("direct");
			assertThat(read(cache(), key)).isEqualTo("direct");
		}

		@Test
		void aClearOfATransactionLeavesNothingThatWasLoadedBeforeItsCommit() {
			String key = UUID.randomUUID().toString();
			this.database.set("old");
			assertThat(read(seen(), key)).isEqualTo("old");
			HeldTransaction writer = HeldTransaction.of(() -> {
				cache().put(key + "before", "value");
				cache().clear();
				cache().put(key + "after", "value");
			}).beforeCommit();
			assertThat(isStored(key)).as("before the commit").isFalse();
			assertThat(read(seen(), key)).isEqualTo("old");
			this.database.set("new");
			writer.afterCommit();
			assertThat(read(seen(), key)).isEqualTo("new");
			assertThat(isStored(key + "before")).isFalse();
			assertThat(seen().get(key + "after", String.class)).isEqualTo("value");
		}

		@Test
		void aCrashBetweenTheCommitOfAClearAndItsReleaseCostsMissesOnly() {
			staysFreshAfterACrash("cleared", RedisCacheAside::clear);
			RedisCacheAside seen = (RedisCacheAside) this.other.cache("cleared");
			await().atMost(Duration.ofSeconds(15)).until(() -> {
				assertThat(read(seen, "key")).isEqualTo("new");
				return seen.get("key") != null;
			});
			assertThat(read((RedisCacheAside) this.node.cache("cleared"), "key")).isEqualTo("new");
		}

		@Test
		void aCrashBetweenTheCommitOfAnEvictionByTagAndItsReleaseCostsMissesOnly() {
			staysFreshAfterACrash("tagged", (cache) -> cache.evictTag("any"));
		}

		/**
		 * Its fence stays for a while, so each has a cache of its own.
		 */
		private void staysFreshAfterACrash(String name, Consumer<RedisCacheAside> voiding) {
			RedisCacheAside cache = (RedisCacheAside) this.node.cache(name);
			RedisCacheAside seen = (RedisCacheAside) this.other.cache(name);
			HeldTransaction.of(() -> voiding.accept(cache)).beforeCommit();
			assertThat(read(seen, "key")).isEqualTo("old");
			assertThat(read(cache, "key")).isEqualTo("old");
			seen.get("key");
			seen.put("key", "old");
			seen.put("key", "old");
			assertThat(seen.putIfAbsent("key", "old")).isNull();
			this.database.set("new");
			assertThat(read(seen, "key")).isEqualTo("new");
			assertThat(read(cache, "key")).isEqualTo("new");
			assertThat(seen.get("key")).as("while it is fenced").isNull();
		}

		@Test
		void aRollbackOfAClearTakesItsFenceAway() {
			String key = UUID.randomUUID().toString();
			HeldTransaction writer = HeldTransaction.of(() -> cache().clear()).beforeCommit();
			assertThat(read(seen(), key)).isEqualTo("old");
			assertThat(isStored(key)).isFalse();
			writer.end(TransactionSynchronization.STATUS_ROLLED_BACK);
			assertThat(read(seen(), key)).isEqualTo("old");
			assertThat(isStored(key)).isTrue();
		}

		@Test
		void aClearIsFencedForEachTransactionOnItsOwn() {
			String key = UUID.randomUUID().toString();
			HeldTransaction first = HeldTransaction.of(() -> cache().clear()).beforeCommit();
			HeldTransaction second = HeldTransaction.of(() -> {
				seen().clear();
				seen().put(key, "old");
			}).beforeCommit();
			second.afterCommit();
			assertThat(isStored(key)).as("what another is about to clear").isFalse();
			assertThat(read(seen(), key)).isEqualTo("old");
			assertThat(isStored(key)).isFalse();
			this.database.set("new");
			first.afterCommit();
			assertThat(read(seen(), key)).isEqualTo("new");
			assertThat(isStored(key)).isTrue();
		}

		@Test
		void whatATransactionPutsIsNotStoredWhileAnotherIsAboutToClear() {
			String key = UUID.randomUUID().toString();
			HeldTransaction clearing = HeldTransaction.of(() -> cache().clear()).beforeCommit();
			HeldTransaction.of(() -> seen().put(key, "old")).beforeCommit().afterCommit();
			assertThat(isStored(key)).isFalse();
			clearing.afterCommit();
			assertThat(read(seen(), key)).isEqualTo("old");
			assertThat(isStored(key)).isTrue();
		}

		static void pause(long millis) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
		}

	}

}
