package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.cache.RedisAwayIntegrationTests.Handling;
import io.redispatterns.cache.entry.EntryStatistics;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes that a server did not get, got late, or refused: the old value is not served by
 * the node that made them, and soon by no other.
 */
@Tag("timed")
@ExtendWith(OutputCaptureExtension.class)
class LostWriteIntegrationTests {

	private static final List<String> PROPERTIES = List.of("redis.resilience.command-timeout=200ms",
			"redis.cache.defaults.outage-time-to-live=0", "redis.cache.caches.tagged.tags=#this",
			"redis.cache.caches.tagged.type=java.lang.String");

	private static CacheNode start(StandaloneRedis redis) {
		return CacheNode.start(redis.springProperties(), PROPERTIES);
	}

	private static CacheNode patient(StandaloneRedis redis) {
		return CacheNode.start(redis, Stream.concat(Patience.NONE.stream(), PROPERTIES.stream().skip(1)).toList());
	}

	private static RedisCacheAside tagged(CacheNode node) {
		return (RedisCacheAside) node.cache("tagged");
	}

	@ParameterizedTest
	@EnumSource
	void makesGoodWhatAFrozenServerDidNotAnswer(Write write, @Redis StandaloneRedis redis, CapturedOutput output) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(tagged(node), tagged(other));
			redis.server().freeze();
			write.accept(tagged(node));
			assertThat(tagged(node).redelivery().journal().size()).isEqualTo(1);
			assertThat(tagged(node).get(1)).isNull();
			redis.server().thaw();
			neverOldAgain(node, other);
			assertThat(output).containsOnlyOnce("that Redis had not acknowledged are made good");
		}
	}

	@ParameterizedTest
	@EnumSource
	void makesGoodWhatWasRefusedWhileTheServerWasGone(Write write) {
		try (StandaloneRedis redis = StandaloneRedis.start("--appendonly", "yes", "--appendfsync", "always");
				CacheNode node = start(redis);
				CacheNode other = start(redis)) {
			fill(tagged(node), tagged(other));
			redis.server().kill();
			write.accept(tagged(node));
			assertThat(tagged(node).redelivery().journal().size()).isEqualTo(1);
			redis.server().restart();
			neverOldAgain(node, other);
		}
	}

	@ParameterizedTest
	@EnumSource
	void makesGoodWhatAReplicaRefused(Write write, @Redis StandaloneRedis redis) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(tagged(node), tagged(other));
			EntryStatistics statistics = tagged(node).statistics();
			long failed = statistics.of(Event.FAILED_WRITE);
			redis.command("REPLICAOF", "127.0.0.1", "1");
			write.accept(tagged(node));
			assertThat(statistics.of(Event.FAILED_WRITE, Kind.READONLY)).isEqualTo(1);
			assertThat(statistics.of(Event.FAILED_WRITE)).isEqualTo(failed + 1);
			await().until(() -> {
				assertThat(old(tagged(node).get(1))).isFalse();
				return statistics.of(Event.FAILED_READ, Kind.UNTRUSTED) > 0;
			});
			redis.command("REPLICAOF", "NO", "ONE");
			neverOldAgain(node, other);
		}
	}

	private static void fill(RedisCacheAside cache, RedisCacheAside other) {
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			cache.put(1, "old");
			return other.get(1) != null && cache.redelivery().journal().size() == 0;
		});
	}

	private static void neverOldAgain(CacheNode node, CacheNode other) {
		await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1)).until(() -> {
			assertThat(old(tagged(node).get(1))).as("read by the node that wrote").isFalse();
			return tagged(node).redelivery().journal().size() == 0;
		});
		assertThat(old(tagged(node).get(1))).isFalse();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> other.cache("tagged").get("probe", () -> "works").equals("works"));
		assertThat(old(tagged(other).get(1))).as("read by another node").isFalse();
		assertThat(tagged(node).redelivery().madeGood()).isPositive();
	}

	private static boolean old(ValueWrapper found) {
		return found != null && "old".equals(found.get());
	}

	@Test
	void storesNoPutThatTheServerComesToAfterTheEviction(@Redis StandaloneRedis redis) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		try (CacheNode node = start(redis)) {
			RedisCacheAside cache = (RedisCacheAside) node.cache("plain");
			for (int round = 0; round < 6; round++) {
				String description = "seed %d, round %d".formatted(seed, round);
				await().atMost(Duration.ofSeconds(20)).until(() -> {
					cache.put("probe", "works");
					return cache.get("probe") != null && cache.redelivery().journal().size() == 0;
				});
				redis.server().freeze();
				cache.put("key", "late");
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
				cache.evict("key");
				redis.server().thaw();
				await().atMost(Duration.ofSeconds(20)).until(() -> cache.redelivery().journal().size() == 0);
				await().during(Duration.ofMillis(200))
					.atMost(Duration.ofSeconds(5))
					.untilAsserted(
							() -> assertThat(redis.command("GET", "test:plain:{skey}")).as(description).isNull());
			}
		}
	}

	@Test
	void leavesNothingOldWhereAFullServerRefusesAPut(@Redis StandaloneRedis redis) {
		try (CacheNode node = patient(redis)) {
			RedisCacheAside cache = (RedisCacheAside) node.cache("plain");
			fill(cache, cache);
			long failed = cache.statistics().of(Event.FAILED_WRITE);
			long puts = cache.statistics().of(Event.PUT);
			redis.command("CONFIG", "SET", "maxmemory", "1");
			cache.put(1, "new");
			assertThat(redis.command("EXISTS", "test:plain:{i1}")).isEqualTo(0L);
			for (int i = 0; i < 10; i++) {
				assertThat(cache.get(1, () -> "loaded")).isEqualTo("loaded");
			}
			cache.putAll(Map.of(1, "new", 2, "new", 3, "new"));
			assertThat(cache.statistics().of(Event.FAILED_WRITE, Kind.FULL)).isEqualTo(14);
			assertThat(cache.statistics().of(Event.FAILED_WRITE)).isEqualTo(failed + 14);
			assertThat(cache.statistics().of(Event.PUT)).isEqualTo(puts);
			assertThat(cache.redelivery().journal().size()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void leavesNothingOldOnAFullServer(Write write, @Redis StandaloneRedis redis) {
		try (CacheNode node = patient(redis); CacheNode other = patient(redis)) {
			fill(tagged(node), tagged(other));
			redis.command("CONFIG", "SET", "maxmemory", "1");
			write.accept(tagged(node));
			assertThat(old(tagged(node).get(1))).isFalse();
			assertThat(old(tagged(other).get(1))).as("in the same call").isFalse();
			redis.command("CONFIG", "SET", "maxmemory", "0");
			await().until(() -> tagged(node).redelivery().journal().size() == 0);
			tagged(other).put(2, "old");
			tagged(node).put(3, "old");
			assertThat(old(tagged(other).get(1))).as("when there is memory again").isFalse();
			assertThat(old(tagged(node).get(1))).isFalse();
		}
	}

	@Test
	void clearsTheCacheWhenTooManyKeysAreLost(@Redis StandaloneRedis redis) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(tagged(node), tagged(other));
			redis.server().freeze();
			for (int i = 2; i <= 10_002; i++) {
				tagged(node).evict(i);
			}
			assertThat(tagged(node).redelivery().journal().size()).isEqualTo(1);
			assertThat(tagged(node).get(1)).isNull();
			redis.server().thaw();
			neverOldAgain(node, other);
		}
	}

	@Test
	void closesAtOnceWithAFullJournal(@Redis StandaloneRedis redis, CapturedOutput output) {
		CacheNode node = start(redis);
		fill(tagged(node), tagged(node));
		redis.server().freeze();
		for (int i = 0; i < 5000; i++) {
			tagged(node).evict(i);
		}
		long begun = System.nanoTime();
		node.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
		assertThat(output).contains("stops with 5000 writes that Redis has not acknowledged");
	}

	@Test
	void tellsTheErrorHandlerWhatNoCallerSees(@Redis StandaloneRedis redis) {
		try (CacheNode node = CacheNode.start(redis.springProperties(), PROPERTIES, Handling.class)) {
			RedisCacheAside cache = tagged(node);
			await().ignoreExceptions().until(() -> {
				cache.put(1, "old");
				return cache.get(1) != null;
			});
			Handling handling = node.get(Handling.class);
			redis.server().kill();
			Mono.fromRunnable(() -> {
				cache.put(1, "new");
				cache.evict(1);
				cache.clear();
			}).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(10));
			await().untilAsserted(
					() -> assertThat(handling.errors()).contains("put tagged", "evict tagged", "clear tagged"));
			int before = handling.errors().size();
			TransactionSynchronizationManager.initSynchronization();
			TransactionSynchronizationManager.setActualTransactionActive(true);
			cache.put(2, "new");
			cache.evict(1);
			TransactionSynchronizationUtils.triggerAfterCommit();
			assertThat(handling.errors().subList(before, handling.errors().size())).containsExactly("put tagged",
					"evict tagged");
			assertThat(handling.seen()).hasOnlyElementsOfType(RedisFailureException.class);
			assertThat(cache.redelivery().journal().size()).isPositive();
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
	}

	@Test
	void keepsNothingOlderThanAnEvictionThatHasReturned(@Redis StandaloneRedis redis) {
		long seed = System.nanoTime();
		int keys = 4;
		AtomicLongArray database = new AtomicLongArray(keys);
		AtomicLongArray evicted = new AtomicLongArray(keys);
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicLong reads = new AtomicLong();
		List<CompletableFuture<?>> threads = new ArrayList<>();
		try (CacheNode node = start(redis)) {
			RedisCacheAside cache = (RedisCacheAside) node.cache("checked");
			fill(tagged(node), tagged(node));
			for (int i = 0; i < 8; i++) {
				Random random = new Random(seed + i);
				threads.add(CompletableFuture.runAsync(() -> {
					while (!stopped.get()) {
						int key = random.nextInt(keys);
						if (random.nextInt(10) == 0) {
							long version = database.incrementAndGet(key);
							cache.evict(key);
							evicted.accumulateAndGet(key, version, Math::max);
						}
						else {
							long oldest = evicted.get(key);
							// A load that an eviction overtook is seen until it is taken
							// back
							await().atMost(Duration.ofSeconds(1))
								.pollInterval(Duration.ofMillis(1))
								.pollDelay(Duration.ZERO)
								.untilAsserted(() -> assertThat(cache.get(key, () -> database.get(key)))
									.as("seed %d, key %d", seed, key)
									.isGreaterThanOrEqualTo(oldest));
							reads.incrementAndGet();
						}
					}
				}, (work) -> new Thread(work).start()));
			}
			Random random = new Random(seed);
			for (int round = 0; round < 4 && threads.stream().noneMatch(CompletableFuture::isDone); round++) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
				redis.server().freeze();
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(900)));
				redis.server().thaw();
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
			stopped.set(true);
			threads.forEach(CompletableFuture::join);
			assertThat(reads).hasPositiveValue();
		}
		finally {
			stopped.set(true);
		}
	}

	/**
	 * A write after which an old value is not to be seen.
	 */
	enum Write implements Consumer<RedisCacheAside> {

		EVICT((cache) -> cache.evict(1)),

		EVICT_IF_PRESENT((cache) -> cache.evictIfPresent(1)),

		PUT((cache) -> cache.put(1, "new")),

		PUT_ALL((cache) -> cache.putAll(Map.of(1, "new"))),

		CLEAR(RedisCacheAside::clear),

		TAG((cache) -> cache.evictTag("old"));

		private final Consumer<RedisCacheAside> write;

		Write(Consumer<RedisCacheAside> write) {
			this.write = write;
		}

		@Override
		public void accept(RedisCacheAside cache) {
			this.write.accept(cache);
		}

	}

}
