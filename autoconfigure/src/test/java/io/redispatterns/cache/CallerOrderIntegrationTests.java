package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.redispatterns.stampede.sync.AutoSyncAutoConfiguration;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of one caller's calls on threads that must not wait.
 */
@Timeout(60)
class CallerOrderIntegrationTests {

	private static final int ROUNDS = 100;

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis, List.of("redis.cache.caches.tagged.tags=#this"), Names.class,
				AutoSyncAutoConfiguration.class);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	static Stream<Arguments> placesAndCaches() {
		return Stream.of(Place.values())
			.flatMap((place) -> Stream.of("plain", "tagged").map((cache) -> Arguments.of(place, cache)));
	}

	@ParameterizedTest
	@MethodSource("placesAndCaches")
	void seesItsOwnWritesInOrder(Place place, String name) {
		RedisCacheAside cache = (RedisCacheAside) node.cache(name);
		for (int round = 0; round < ROUNDS; round++) {
			String key = UUID.randomUUID().toString();
			List<CompletableFuture<?>> replies = place.call(() -> write(cache, key));
			List<Object> values = replies.stream().map(CallerOrderIntegrationTests::value).toList();
			// A put may be taken for the fill of a miss that was told meanwhile, and
			// refused
			List<Object> expected = new ArrayList<>(List.of("put", "none", "again", "none", "bulk", "none", "last"));
			for (int maybe : new int[] { 2, 6 }) {
				expected.set(maybe, "none".equals(values.get(maybe)) ? "none" : expected.get(maybe));
			}
			expected.add("none".equals(values.get(6)) ? "loaded" : "last");
			assertThat(values).as("round %d", round).isEqualTo(expected);
		}
	}

	private static List<CompletableFuture<?>> write(RedisCacheAside cache, String key) {
		List<CompletableFuture<?>> replies = new ArrayList<>();
		cache.put(key, "put");
		replies.add(cache.retrieve(key));
		cache.evict(key);
		replies.add(cache.retrieve(key));
		cache.put(key, "first");
		cache.evict(key);
		cache.put(key, "again");
		replies.add(cache.retrieve(key));
		cache.clear();
		replies.add(cache.retrieve(key));
		cache.putAll(Map.of(key, "bulk", key + "x", "bulk"));
		replies.add(cache.retrieve(key));
		cache.evictTag("bulk");
		cache.evict(key);
		replies.add(cache.retrieve(key));
		cache.put(key, "old");
		cache.clear();
		cache.put(key, "last");
		replies.add(cache.retrieve(key));
		replies.add(cache.retrieve(key, () -> CompletableFuture.completedFuture("loaded")));
		return replies;
	}

	private static Object value(CompletableFuture<?> reply) {
		Object value = reply.join();
		Object found = (value instanceof ValueWrapper wrapper) ? wrapper.get() : value;
		return (found != null) ? found : "none";
	}

	@ParameterizedTest
	@MethodSource("placesAndCaches")
	void keepsTheOrderAmongManySuchThreads(Place place, String name) {
		RedisCacheAside cache = (RedisCacheAside) node.cache(name + "-busy");
		List<Object> values = Flux.range(0, 200).flatMap((i) -> Mono.fromCallable(() -> place.callLater(() -> {
			cache.put(i % 7 + ":" + i, "value " + i);
			cache.evict(i % 7 + ":" + i);
			cache.put(i % 7 + ":" + i, "value " + i);
			return cache.retrieve(i % 7 + ":" + i);
		}).thenCompose((reply) -> reply)).flatMap(Mono::fromFuture), 32)
			.map((wrapper) -> ((ValueWrapper) wrapper).get())
			.collectList()
			.block(Duration.ofSeconds(30));
		assertThat(values).hasSize(200).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource
	void loadsWithoutWaitingForItsOwnReply(Place place) {
		RedisCacheAside cache = (RedisCacheAside) node.cache("plain");
		AtomicInteger loads = new AtomicInteger();
		String key = UUID.randomUUID().toString();
		Duration took = place.call(() -> {
			long begin = System.nanoTime();
			cache.put("warm", "up");
			assertThat(cache.get(key, () -> "loaded " + loads.incrementAndGet())).isEqualTo("loaded 1");
			cache.evictIfPresent("warm");
			cache.putIfAbsent("warm", "up");
			return Duration.ofNanos(System.nanoTime() - begin);
		});
		assertThat(loads).hasValue(1);
		assertThat(took).isLessThan(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@EnumSource
	void reactiveMethodsSeeTheirWrites(Place place) {
		Names names = node.get(Names.class);
		for (int round = 0; round < 20; round++) {
			int id = round;
			List<String> seen = place
				.call(() -> Flux.<Supplier<Publisher<String>>>just(() -> names.find(id), () -> names.save(id, "saved"),
						() -> names.find(id), () -> names.forget(id).then(Mono.empty()), () -> names.find(id),
						() -> names.all(id), () -> names.all(id))
					.concatMap(Supplier::get)
					.collectList()
					.toFuture())
				.join();
			assertThat(seen).containsExactly("name " + id, "saved", "saved", "name " + id, "a", "b", "a", "b");
		}
		assertThat(Names.loads).hasValue(60);
		Names.loads.set(0);
		node.cache("names").clear();
		node.cache("all").clear();
	}

	/**
	 * A thread that must not wait.
	 */
	enum Place {

		PARALLEL {

			@Override
			<T> CompletableFuture<T> callLater(Callable<T> call) {
				return Mono.fromCallable(call).subscribeOn(Schedulers.parallel()).toFuture();
			}

			@Override
			boolean isHere() {
				return Thread.currentThread() instanceof NonBlocking;
			}

		},

		EVENT_LOOP {

			@Override
			<T> CompletableFuture<T> callLater(Callable<T> call) {
				return node.get(ReactiveRedisConnectionFactory.class)
					.getReactiveConnection()
					.ping()
					// A reply that is faster than the subscription comes on the caller's
					// thread
					.flatMap((pong) -> isHere() ? Mono.fromCallable(call) : Mono.fromFuture(callLater(call)))
					.toFuture();
			}

			@Override
			boolean isHere() {
				return Thread.currentThread().getName().startsWith("lettuce-");
			}

		};

		abstract <T> CompletableFuture<T> callLater(Callable<T> call);

		abstract boolean isHere();

		<T> T call(Callable<T> call) {
			return callLater(() -> {
				assertThat(isHere()).as("on a thread of its own").isTrue();
				return call.call();
			}).join();
		}

	}

	static class Names {

		static final AtomicInteger loads = new AtomicInteger();

		@Cacheable("names")
		public Mono<String> find(int id) {
			return Mono.fromCallable(() -> "name " + id).doOnNext((name) -> loads.incrementAndGet());
		}

		@CachePut(cacheNames = "names", key = "#id")
		public Mono<String> save(int id, String name) {
			return Mono.just(name);
		}

		@CacheEvict(cacheNames = "names", key = "#id")
		public Mono<String> forget(int id) {
			return Mono.just("forgotten");
		}

		@Cacheable("all")
		public Flux<String> all(int id) {
			return Flux.just("a", "b").doOnComplete(loads::incrementAndGet);
		}

	}

}
