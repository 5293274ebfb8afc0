package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How many loaders of a cache run at once.
 */
class LoadLimitIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis,
				List.of("redis.cache.defaults.load-concurrency=1", "redis.cache.caches.eight.load-concurrency=8"));
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void limitsLoadsOfManyKeys() {
		Cache cache = node.cache("eight");
		AtomicInteger running = new AtomicInteger();
		AtomicInteger peak = new AtomicInteger();
		CountDownLatch full = new CountDownLatch(8);
		Callable<Integer> loader = () -> {
			peak.accumulateAndGet(running.incrementAndGet(), Math::max);
			full.countDown();
			full.await(10, TimeUnit.SECONDS);
			LockSupport.parkNanos(2_000_000);
			return running.decrementAndGet();
		};
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			int key = i;
			all.add((i % 2 != 0) ? inThread(() -> cache.get(key, loader))
					: inThread(() -> cache.retrieve(key, () -> inThread(loader)).join()));
		}
		assertThat(allOf(all)).succeedsWithin(Duration.ofSeconds(30));
		assertThat(peak).hasValue(8);
		assertThat(((RedisCacheAside) cache).loads().waiting()).isZero();
	}

	@RepeatedTest(5)
	void endsWhenTwoCachesLoadFromEachOther() {
		Cache albums = node.cache("albums");
		Cache tracks = node.cache("tracks");
		String run = UUID.randomUUID().toString();
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			String outer = run + i % 5;
			String inner = run + (i + 1) % 5;
			all.add(inThread(() -> albums.get(outer, () -> "album of " + tracks.get(inner, () -> "track"))));
			all.add(inThread(() -> tracks.get(outer, () -> "track of " + albums.get(inner, () -> "album"))));
		}
		assertThat(allOf(all)).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void hurriesALoadThatARunningLoaderWaitsFor() throws Exception {
		Cache cache = node.cache("hurried");
		RedisCacheAside limited = (RedisCacheAside) cache;
		CountDownLatch running = new CountDownLatch(1);
		CompletableFuture<?> first = inThread(() -> cache.get("first", () -> {
			running.countDown();
			await().until(() -> limited.loads().waiting() == 2);
			return cache.get("second", () -> "unused") + " "
					+ cache.retrieve("third", () -> CompletableFuture.completedFuture("unused")).join();
		}));
		running.await();
		CompletableFuture<?> second = inThread(() -> cache.get("second", () -> "second"));
		CompletableFuture<?> third = cache.retrieve("third", () -> CompletableFuture.completedFuture("third"));
		assertThat(first).succeedsWithin(Duration.ofSeconds(4)).isEqualTo("second third");
		assertThat(allOf(List.of(second, third))).succeedsWithin(Duration.ofSeconds(4));
	}

	@Test
	void interruptsAWaitForATurn() throws Exception {
		Cache cache = node.cache("interrupted");
		CompletableFuture<String> endless = new CompletableFuture<>();
		CompletableFuture<?> first = cache.retrieve("first", () -> endless);
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			try {
				cache.get("second", () -> "never");
			}
			catch (ValueRetrievalException ex) {
				failure.complete(ex.getCause());
			}
		});
		waiting.start();
		await().until(() -> ((RedisCacheAside) cache).loads().waiting() == 1);
		waiting.interrupt();
		assertThat(failure).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(InterruptedException.class);
		endless.complete("loaded");
		assertThat(first).succeedsWithin(Duration.ofSeconds(10));
		assertThat(inThread(() -> cache.get("second", () -> "next"))).succeedsWithin(Duration.ofSeconds(10))
			.isEqualTo("next");
	}

	private static CompletableFuture<?> allOf(List<CompletableFuture<?>> all) {
		return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
	}

	private static CompletableFuture<Object> inThread(Callable<?> task) {
		return CompletableFuture.supplyAsync(() -> call(task), (work) -> new Thread(work).start());
	}

	private static <T> T call(Callable<T> task) {
		try {
			return task.call();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
