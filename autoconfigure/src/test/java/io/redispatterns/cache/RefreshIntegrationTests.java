package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.context.ContextRegistry;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.flight.LoadTimeoutException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.cache.Cache.ValueRetrievalException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for values that serve while they are loaded again.
 */
@Timeout(120)
class RefreshIntegrationTests {

	private static final List<String> PROPERTIES = List.of("redis.cache.defaults.jitter=0",
			"redis.cache.caches.due.time-to-live=2s", "redis.cache.caches.due.early-refresh=100",
			"redis.cache.caches.never.time-to-live=1s", "redis.cache.caches.never.early-refresh=0",
			"redis.cache.caches.stale.time-to-live=50ms", "redis.cache.caches.stale.stale-while-revalidate=1m",
			"redis.cache.caches.failing.time-to-live=50ms", "redis.cache.caches.failing.stale-if-error=3s",
			"redis.cache.caches.slow.time-to-live=50ms", "redis.cache.caches.slow.stale-if-error=1m",
			"redis.cache.caches.slow.load-timeout.soft=100ms", "redis.cache.caches.slow.load-timeout.hard=400ms",
			"redis.cache.caches.limited.load-timeout.hard=400ms", "redis.cache.caches.caller.time-to-live=50ms",
			"redis.cache.caches.caller.stale-while-revalidate=1m", "redis.cache.caches.caller.refresh=caller",
			"redis.cache.caches.often.time-to-live=400ms");

	private static final int NODES = 4;

	private static final int EXPIRIES = Integer.getInteger("refresh.expiries", 10);

	@Redis
	static StandaloneRedis redis;

	private static final List<CacheNode> nodes = new ArrayList<>();

	@BeforeAll
	static void start() {
		for (int i = 0; i < NODES; i++) {
			nodes.add(CacheNode.start(redis, PROPERTIES));
		}
	}

	@AfterAll
	static void stop() {
		nodes.forEach(CacheNode::close);
		nodes.clear();
	}

	@BeforeEach
	void clear() {
		List.of("due", "stale", "failing", "slow", "caller", "often").forEach((name) -> {
			cache(0, name).clear();
			// The server's time is known, which is learned by use
			await().until(() -> nodes.stream().allMatch((node) -> {
				node.cache(name).get("any");
				return node.get(RedisExecutor.class).now(new byte[] { 1 }) > 0;
			}));
		});
	}

	@Test
	void refreshesAheadOfTheEndWithoutACallerThatWaits() {
		RedisCacheAside cache = cache(0, "due");
		AtomicInteger loads = new AtomicInteger();
		assertThat(cache.get("key", () -> slowly(loads))).isEqualTo(1);
		long misses = cache.statistics().of(Event.MISS);
		await().until(() -> cache.get("key", () -> slowly(loads)), (value) -> value >= 2);
		assertThat(cache.statistics().of(Event.MISS)).isEqualTo(misses);
		await().until(() -> cache.statistics().of(Event.REFRESH) > 0);
	}

	private static int slowly(AtomicInteger loads) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
		return loads.incrementAndGet();
	}

	@Test
	void servesAnExpiredValueWhileOneNodeLoadsItAgain() throws Exception {
		AtomicInteger loads = new AtomicInteger();
		CountDownLatch release = new CountDownLatch(1);
		cache(0, "stale").get("key", () -> "old");
		expire();
		for (int i = 0; i < 50; i++) {
			assertThat(cache(i % NODES, "stale").get("key", () -> {
				loads.incrementAndGet();
				release.await();
				return "new";
			})).isEqualTo("old");
			assertThat(cache(i % NODES, "stale").retrieve("key", () -> CompletableFuture.supplyAsync(() -> {
				loads.incrementAndGet();
				return "new";
			})).join()).isEqualTo("old");
		}
		assertThat(loads).hasValueLessThanOrEqualTo(1);
		release.countDown();
		await().until(() -> cache(1, "stale").get("key", () -> "none"), "new"::equals);
		assertThat(loads).hasValue(1);
		assertThat(cache(0, "stale").statistics().of(Event.STALE)).isGreaterThanOrEqualTo(20);
	}

	@Test
	void doesNotServeAnExpiredValueThatWasEvicted() {
		RedisCacheAside cache = cache(0, "stale");
		cache.get("key", () -> "old");
		expire();
		cache(1, "stale").evict("key");
		assertThat(cache.get("key", () -> "new")).isEqualTo("new");
		expire();
		cache(1, "stale").clear();
		assertThat(cache.get("key", () -> "newer")).isEqualTo("newer");
	}

	@Test
	void takesAnExpiredValueForAMissWhereNobodyCanLoadIt() {
		RedisCacheAside cache = cache(0, "stale");
		cache.put("key", "old");
		expire();
		assertThat(cache.get("key")).isNull();
		assertThat(cache.getAll(List.of("key"))).isEmpty();
		cache.put("key", "new");
		assertThat(cache.get("key", String.class)).isEqualTo("new");
	}

	@Test
	void servesAnExpiredValueWhenItsSourceFailsAndSparesTheSource() {
		RedisCacheAside cache = cache(0, "failing");
		AtomicInteger loads = new AtomicInteger();
		cache.get("key", () -> "old");
		expire();
		long stale = cache.statistics().of(Event.STALE);
		for (int i = 0; i < 20; i++) {
			assertThat(cache.<String>get("key", () -> fail(loads))).isEqualTo("old");
			assertThat(cache.retrieve("key", () -> CompletableFuture.supplyAsync(() -> fail(loads))).join())
				.isEqualTo("old");
		}
		assertThat(loads).hasValueLessThan(5);
		assertThat(cache.statistics().of(Event.STALE) - stale).isEqualTo(40);
		await().until(() -> cache.get("key", () -> "new"), "new"::equals);
		assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> cache.get("none", () -> fail(loads)))
			.havingCause()
			.withMessage("expected");
	}

	@Test
	void failsOnceTheExpiredValueIsTooOld() {
		RedisCacheAside cache = cache(0, "failing");
		cache.get("old", () -> "old");
		await().atMost(Duration.ofSeconds(20))
			.until(() -> Long.valueOf(0).equals(redis.command("EXISTS", "test:failing:{sold}")));
		assertThatExceptionOfType(ValueRetrievalException.class)
			.isThrownBy(() -> cache.get("old", () -> fail(new AtomicInteger())));
	}

	private static String fail(AtomicInteger loads) {
		loads.incrementAndGet();
		throw new IllegalStateException("expected");
	}

	@Test
	void givesUpWaitingForALoadThatGoesOn() throws Exception {
		RedisCacheAside cache = cache(0, "limited");
		CountDownLatch release = new CountDownLatch(1);
		assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> cache.get("cold", () -> {
			release.await();
			return "loaded";
		})).withCauseInstanceOf(LoadTimeoutException.class);
		assertThat(cache.retrieve("cold", () -> new CompletableFuture<String>())).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.withCauseInstanceOf(LoadTimeoutException.class);
		release.countDown();
		await().until(() -> cache.get("cold", () -> "again"), "loaded"::equals);
	}

	@Test
	void servesAnExpiredValueWhenItsLoadIsSlow() throws Exception {
		RedisCacheAside cache = cache(0, "slow");
		CountDownLatch release = new CountDownLatch(1);
		cache.get("warm", () -> "old");
		expire();
		assertThat(cache.get("warm", () -> {
			release.await();
			return "new";
		})).isEqualTo("old");
		release.countDown();
		await().until(() -> cache.get("warm", () -> "newer"), (value) -> !"old".equals(value));
	}

	@Test
	void loadsAgainOnTheThreadOfACallerWhereThatIsAskedFor() {
		RedisCacheAside cache = cache(0, "caller");
		cache.get("key", () -> "old");
		expire();
		Thread self = Thread.currentThread();
		assertThat(cache.get("key", () -> (Thread.currentThread() == self) ? "new" : "elsewhere")).isEqualTo("new");
		expire();
		assertThat(cache.<String>get("key", () -> fail(new AtomicInteger()))).isEqualTo("new");
	}

	@Test
	void carriesTheContextOfTheCallerAlong() {
		ThreadLocal<String> context = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("test.refresh", context);
		try {
			context.set("caller");
			cache(0, "stale").get("context", () -> "old");
			expire();
			cache(0, "stale").get("context", context::get);
			await().until(() -> cache(1, "stale").get("context", () -> "none"), "caller"::equals);
		}
		finally {
			context.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("test.refresh");
		}
	}

	@Test
	@Tag("timed")
	void loadsOnceForEachExpiryUnderManyReads() throws Exception {
		AtomicInteger loads = new AtomicInteger();
		AtomicInteger waiting = new AtomicInteger();
		LongAdder reads = new LongAdder();
		long begun = System.nanoTime();
		AtomicBoolean stop = new AtomicBoolean();
		ExecutorService readers = Executors.newFixedThreadPool(2 * NODES);
		try {
			cache(0, "often").get("hot", () -> slowly(loads));
			for (int i = 0; i < 2 * NODES; i++) {
				RedisCacheAside cache = cache(i % NODES, "often");
				readers.execute(() -> {
					while (!stop.get()) {
						Thread self = Thread.currentThread();
						cache.get("hot", () -> {
							waiting.addAndGet((Thread.currentThread() == self) ? 1 : 0);
							return slowly(loads);
						});
						reads.increment();
						LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(300));
					}
				});
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> loads.get() > EXPIRIES);
		}
		finally {
			stop.set(true);
			readers.shutdown();
			assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
		await().until(() -> refreshes("often") >= loads.get() - 1 - waiting.get());
		System.out.printf("%d reads a second, %d loads, %d of them stored, %d by a reader%n",
				reads.sum() * 1_000_000_000 / (System.nanoTime() - begun), loads.get(), stored("often"), waiting.get());
		assertThat((double) loads.get() / stored("often")).as("loads for each expiry").isLessThanOrEqualTo(1.02);
		assertThat(waiting).as("readers who had to load").hasValueLessThanOrEqualTo(1);
	}

	private static long refreshes(String name) {
		return nodes.stream()
			.mapToLong((node) -> ((RedisCacheAside) node.cache(name)).statistics().of(Event.REFRESH))
			.sum();
	}

	private static long stored(String name) {
		return nodes.stream()
			.mapToLong((node) -> ((RedisCacheAside) node.cache(name)).statistics().of(Event.PUT))
			.sum();
	}

	/**
	 * Wait until what lives for 50 ms has expired by a clock that may be a little off.
	 */
	private static void expire() {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(350));
	}

	private static RedisCacheAside cache(int node, String name) {
		return (RedisCacheAside) nodes.get(node).cache(name);
	}

}
