package io.redispatterns.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Meters and observations of caches that are annotated, configured, or made at run time.
 */
class CacheMetricsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final Handler handler = node.get(Handler.class);

	@BeforeAll
	static void start() {
		node = CacheNode.start(
				redis, List.of("redis.cache.caches.configured.jitter=0",
						"redis.cache.caches.limited.max-value-size=50B", "redis.cache.caches.versioned.version=#this"),
				Metrics.class, Finder.class);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "annotated", "configured", "run-time" })
	void countsWhatCallersDo(String name) {
		RedisCacheAside cache = (RedisCacheAside) node.cache(name);
		cache.get("absent");
		cache.retrieve("absent").join();
		cache.get("a", () -> "loaded");
		cache.get("a", () -> "loaded");
		cache.retrieve("a").join();
		cache.retrieve("a", () -> CompletableFuture.completedFuture("loaded")).join();
		cache.getAll(List.of("a", "absent"));
		cache.put("b", "put");
		cache.putIfAbsent("b", "put");
		cache.putIfAbsent("c", "put");
		cache.evict("c");
		cache.evictIfPresent("c");
		cache.evictTag("none");
		cache.clear();
		assertThat(count("cache.gets", name, "result", "hit")).isEqualTo(4);
		assertThat(count("cache.gets", name, "result", "miss")).isEqualTo(4);
		assertThat(count("cache.puts", name)).isEqualTo(3);
		assertThat(count("cache.removals", name)).isEqualTo(4);
	}

	@Test
	void countsWhatCannotBeStoredOrRead() {
		RedisCacheAside cache = (RedisCacheAside) node.cache("limited");
		cache.get("large", () -> "x".repeat(100));
		cache.get("thread", Thread::currentThread);
		redis.command("SET", "test:limited:{sforeign}", "foreign");
		cache.get("foreign");
		assertThat(count("redis.cache.unstored", "limited", "reason", "size")).isEqualTo(1);
		assertThat(count("redis.cache.unstored", "limited", "reason", "type")).isEqualTo(1);
		assertThat(count("redis.cache.unreadable", "limited")).isEqualTo(1);
		assertThat(count("redis.cache.failures", "limited", "operation", "read")).isZero();
		assertThat(count("redis.cache.failures", "limited", "operation", "write")).isZero();
	}

	@Test
	void countsPutsThatAreOlderThanTheEntry() {
		node.cache("versioned").put("a", 2);
		node.cache("versioned").put("a", 1);
		assertThat(count("redis.cache.unstored", "versioned", "reason", "version")).isEqualTo(1);
		assertThat(count("cache.puts", "versioned")).isEqualTo(1);
	}

	@Test
	void countsWhatStoodInBesideHitsAndMisses() {
		try (CacheNode away = CacheNode.start(Map.of("spring.data.redis.port", "1"), List.of(), Metrics.class,
				Finder.class)) {
			away.cache("away").get("a", () -> "loaded");
			away.cache("away").get("a", () -> "again");
			away.cache("away").retrieve("a").join();
			MeterRegistry meters = away.get(MeterRegistry.class);
			assertThat(meters.get("redis.cache.stand.ins").tag("cache", "away").functionCounter().count()).isEqualTo(2);
			assertThat(meters.get("cache.gets").tags("cache", "away", "result", "miss").functionCounter().count())
				.isEqualTo(1);
			assertThat(meters.get("cache.gets").tags("cache", "away", "result", "hit").functionCounter().count())
				.isZero();
			assertThat(meters.get("redis.cache.loads.waiting").tag("cache", "away").gauge().value()).isZero();
		}
	}

	@Test
	void countsWritesThatAreRefusedByTheirCause() {
		RedisCacheAside cache = (RedisCacheAside) node.cache("full");
		cache.put("key", "old");
		redis.command("CONFIG", "SET", "maxmemory", "1");
		for (int i = 0; i < 7; i++) {
			cache.put("key", "new");
			cache.get("other", () -> "loaded");
		}
		redis.command("CONFIG", "SET", "maxmemory", "0");
		assertThat(count("redis.cache.failures", "full", "operation", "write", "reason", "full")).isEqualTo(14);
		assertThat(count("redis.cache.failures", "full", "operation", "write", "reason", "timeout")).isZero();
		assertThat(count("redis.cache.failures", "full", "operation", "read", "reason", "full")).isZero();
		assertThat(count("redis.cache.made.good", "full")).isZero();
		redis.command("ACL", "SETUSER", "default", "-unlink");
		cache.evict("key");
		assertThat(count("redis.cache.failures", "full", "operation", "write", "reason", "refused")).isEqualTo(1);
		assertThat(undelivered()).isEqualTo(1);
		redis.command("ACL", "SETUSER", "default", "+unlink");
		Awaitility.await().until(() -> undelivered() == 0);
		assertThat(count("redis.cache.made.good", "full")).isEqualTo(1);
	}

	private static double undelivered() {
		return node.get(MeterRegistry.class).get("redis.cache.undelivered").tag("cache", "full").gauge().value();
	}

	@Test
	void observesLoads() {
		RedisCacheAside cache = (RedisCacheAside) node.cache("observed");
		this.handler.stopped.clear();
		cache.get("a", () -> "loaded");
		cache.get("a", () -> "hit");
		cache.retrieve("b", () -> CompletableFuture.completedFuture("loaded")).join();
		assertThat(this.handler.stopped).hasSize(2).allSatisfy((context) -> {
			assertThat(context.getName()).isEqualTo("redis.cache.load");
			assertThat(context.getContextualName()).isEqualTo("load observed");
			assertThat(context.getLowCardinalityKeyValue("cache").getValue()).isEqualTo("observed");
			assertThat(context.getError()).isNull();
		});
	}

	@Test
	void observesErrorsOfLoads() {
		RedisCacheAside cache = (RedisCacheAside) node.cache("observed");
		IllegalStateException failure = new IllegalStateException("expected");
		this.handler.stopped.clear();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> cache.get("x", () -> {
			throw failure;
		}));
		cache.retrieve("x", () -> CompletableFuture.failedFuture(failure)).exceptionally((ex) -> null).join();
		cache.retrieve("x", () -> {
			throw failure;
		}).exceptionally((ex) -> null).join();
		assertThat(this.handler.stopped).hasSize(3)
			.allSatisfy((context) -> assertThat(context.getError()).isSameAs(failure));
	}

	@Test
	void countsWithoutARegistry() {
		try (CacheNode bare = CacheNode.start(redis, List.of(), Finder.class)) {
			bare.cache("any").put(1, "value");
			assertThat(bare.cache("any").get(1, () -> "loaded")).isEqualTo("value");
		}
	}

	private static double count(String meter, String cache, String... tags) {
		FunctionCounter counter = node.get(MeterRegistry.class)
			.get(meter)
			.tags("cache", cache, "name", cache, "cache.manager", "cacheManager")
			.tags(tags)
			.functionCounter();
		assertThat(counter.getId().getTags()).extracting(Tag::getKey).doesNotHaveDuplicates();
		return counter.count();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(CacheMetricsAutoConfiguration.class)
	static class Metrics {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		Handler handler() {
			return new Handler();
		}

		@Bean
		ObservationRegistry observationRegistry(Handler handler) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(handler);
			return registry;
		}

	}

	static class Handler implements ObservationHandler<Observation.Context> {

		final List<Observation.Context> stopped = new ArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	static class Finder {

		@Cacheable("annotated")
		public String find(int id) {
			return "found";
		}

	}

}
