package io.redispatterns.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an outage costs those who load, and where they load from.
 */
class LoadsWithoutRedisIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	/**
	 * Without a guard that spares callers their wait.
	 */
	private static final List<String> WAITING = List.of("redis.resilience.command-timeout=500ms",
			"redis.resilience.breaker.failures=1000000", "redis.resilience.probe.timeout=1m",
			"redis.cache.nodes.silent-after=0");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void loadsAKeyAtMostOnceASecond(boolean frozen, @Redis StandaloneRedis redis) throws Exception {
		try (CacheNode node = CacheNode.start(redis.springProperties(), List.of())) {
			RedisCacheAside cache = settled(node);
			if (frozen) {
				redis.server().freeze();
			}
			else {
				redis.server().kill();
			}
			Map<Integer, Queue<Long>> loads = askedByMany(cache, Duration.ofSeconds(3));
			assertThat(loads).hasSize(20);
			loads.forEach((key, instants) -> {
				List<Long> sorted = instants.stream().sorted().toList();
				for (int i = 1; i < sorted.size(); i++) {
					assertThat(sorted.get(i) - sorted.get(i - 1)).as("nanoseconds between loads of %s", key)
						.isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
				}
			});
			assertThat(cache.statistics().of(Event.STOOD_IN)).isPositive();
		}
	}

	private static Map<Integer, Queue<Long>> askedByMany(RedisCacheAside cache, Duration time) throws Exception {
		Map<Integer, Queue<Long>> loads = new ConcurrentHashMap<>();
		long end = System.nanoTime() + time.toNanos();
		List<CompletableFuture<?>> threads = new ArrayList<>();
		for (int i = 0; i < 64; i++) {
			boolean waiting = i % 2 != 0;
			threads.add(CompletableFuture.runAsync(() -> {
				while (System.nanoTime() < end) {
					int key = ThreadLocalRandom.current().nextInt(20);
					String value = waiting ? cache.get(key, () -> loaded(loads, key))
							: cache.retrieve(key, () -> CompletableFuture.supplyAsync(() -> loaded(loads, key))).join();
					assertThat(value).isEqualTo("value " + key);
					LockSupport.parkNanos(1_000_000);
				}
			}, (task) -> new Thread(task).start()));
		}
		CompletableFuture.allOf(threads.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
		return loads;
	}

	private static String loaded(Map<Integer, Queue<Long>> loads, int key) {
		loads.computeIfAbsent(key, (any) -> new ConcurrentLinkedQueue<>()).add(System.nanoTime());
		return "value " + key;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leavesNoLeaseThatNobodyWaitsForAnyMore(boolean frozen, @Redis StandaloneRedis redis) {
		// With the first failure, nothing more is sent to the server that hangs
		int failures = frozen ? 1 : 1000;
		try (FaultProxy proxy = FaultProxy.to("127.0.0.1", redis.port());
				CacheNode node = CacheNode.start(redis.springProperties(proxy),
						Stream.concat(WAITING.stream(),
								Stream.of("redis.resilience.breaker.failures=" + failures,
										"redis.resilience.breaker.slow-call=10s",
										// By which the client itself gives up on a reply
										"redis.resilience.connect-timeout=10s"))
							.toList(),
						LongLeases.class)) {
			RedisCacheAside cache = settled(node);
			byte[] key = cache.entries().key("given-up");
			if (frozen) {
				redis.server().freeze();
			}
			else {
				// Granted in time, and heard of too late, by a server that knows no other
				// script yet
				proxy.latency(TIMEOUT.multipliedBy(2));
			}
			Permit permit = cache.loads().equipment().permits().claim(key, Miss.ABSENT).join();
			assertThat(permit.isWithoutRedis()).isTrue();
			if (frozen) {
				// Beyond the deadline also by a clock that is a little off
				LockSupport.parkNanos(TIMEOUT.toNanos() / 2);
				redis.server().thaw();
			}
			await().until(() -> redis.command("EXISTS", new String(key, StandardCharsets.UTF_8) + ":l"),
					Long.valueOf(0)::equals);
			proxy.heal();
			await().until(() -> {
				assertThat(cache.<String>get("given-up", () -> "loaded")).isEqualTo("loaded");
				return redis.command("EXISTS", new String(key, StandardCharsets.UTF_8));
			}, Long.valueOf(1)::equals);
		}
	}

	@Test
	void waitsOnceForAServerThatHangs(@Redis StandaloneRedis redis) {
		try (CacheNode node = CacheNode.start(redis.springProperties(), WAITING)) {
			RedisCacheAside cache = settled(node);
			takesOneTimeout(() -> cache.get("filled", () -> {
				redis.server().freeze();
				return "loaded";
			}));
			assertThat(cache.get("filled").get()).as("what could not be stored").isEqualTo("loaded");
			takesOneTimeout(() -> cache.get("read", () -> "loaded"));
			takesOneTimeout(() -> cache.retrieve("retrieved", () -> CompletableFuture.completedFuture("any")).join());
			RedisCacheAside unstamped = (RedisCacheAside) node.cache("unstamped");
			takesOneTimeout(() -> unstamped.get("read", () -> "loaded"));
			takesOneTimeout(() -> unstamped.retrieve("b", () -> CompletableFuture.completedFuture("any")).join());
			redis.server().thaw();
		}
	}

	@Test
	void waitsOnceAboardTheLoadOfAnother(@Redis StandaloneRedis redis) throws Exception {
		try (CacheNode node = CacheNode.start(redis.springProperties(), WAITING)) {
			RedisCacheAside cache = settled(node);
			List<CompletableFuture<?>> aboard = new ArrayList<>();
			cache.get("key", () -> {
				redis.server().freeze();
				for (int i = 0; i < 4; i++) {
					aboard.add(CompletableFuture.runAsync(
							() -> takesOneTimeout(
									() -> assertThat(cache.get("key", () -> "again")).isEqualTo("loaded")),
							(task) -> new Thread(task).start()));
				}
				LockSupport.parkNanos(TIMEOUT.toNanos() * 3 / 4);
				return "loaded";
			});
			CompletableFuture.allOf(aboard.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
			redis.server().thaw();
		}
	}

	@Test
	void keepsWhatWasLoadedAfterASlowRead(@Redis(proxied = true) StandaloneRedis redis) {
		try (CacheNode node = CacheNode.start(redis, List.of("redis.resilience.breaker.slow-call=10s"))) {
			RedisCacheAside cache = settled(node);
			redis.server().proxy().latency(Duration.ofMillis(80));
			assertThat(cache.get("slow", () -> "loaded")).isEqualTo("loaded");
			redis.server().proxy().heal();
			await().during(Duration.ofMillis(300)).until(() -> cache.get("slow", () -> "again"), "loaded"::equals);
		}
	}

	private static void takesOneTimeout(Runnable call) {
		long begun = System.nanoTime();
		call.run();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(TIMEOUT.minusMillis(100),
				TIMEOUT.plusMillis(250));
	}

	private static RedisCacheAside settled(CacheNode node) {
		RedisCacheAside cache = (RedisCacheAside) node.cache("away");
		await().until(() -> {
			long failures = cache.statistics().of(Event.FAILED_READ);
			cache.get("settled", () -> "any");
			cache.clear();
			return cache.statistics().of(Event.FAILED_READ) == failures;
		});
		return cache;
	}

	@Configuration(proxyBeanMethods = false)
	static class LongLeases {

		@Bean
		StampedeGuard guard() {
			return new StampedeGuard() {

				@Override
				public Duration leaseTime() {
					return Duration.ofMinutes(1);
				}

				@Override
				public CompletableFuture<Admission> enter(LeaseRequest request) {
					return StampedeGuard.LOCAL.enter(request);
				}

			};
		}

	}

}
