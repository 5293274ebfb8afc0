package io.redispatterns.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;
import org.springframework.cache.support.NullValue;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loads that meet writes, other loads, and other settings.
 */
class LoadRaceIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final Cache cache = node.cache("interrupted");

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis, List.of("redis.cache.caches.interrupted.codec=interrupting"), Interrupting.class);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void takesBackALoadThatAnEvictionHasOvertaken() {
		String key = UUID.randomUUID().toString();
		Interrupting.next.set(() -> this.cache.evict(key));
		assertThat(this.cache.get(key, () -> "old")).isEqualTo("old");
		assertThat(this.cache.get(key)).isNull();
	}

	@Test
	void takesBackNothingButTheLoad() {
		String key = UUID.randomUUID().toString();
		Interrupting.next.set(() -> this.cache.put(key, "new"));
		assertThat(this.cache.get(key, () -> "old")).isEqualTo("old");
		assertThat(this.cache.get(key)).as("neither the load")
			.satisfiesAnyOf((found) -> assertThat(found).isNull(), (found) -> assertThat(found.get()).isEqualTo("new"));
	}

	@Test
	void storesNothingThatWasLoadedBeforeAnEviction() {
		String key = UUID.randomUUID().toString();
		assertThat(this.cache.get(key, () -> {
			this.cache.evict(key);
			return "old";
		})).isEqualTo("old");
		assertThat(this.cache.get(key)).isNull();
		assertThat(this.cache.retrieve(key, () -> {
			this.cache.evict(key);
			return CompletableFuture.completedFuture("old");
		}).join()).isEqualTo("old");
		assertThat(this.cache.get(key)).isNull();
	}

	@RepeatedTest(5)
	void loadersMayAskForEachOthersKeys() {
		Cache albums = node.cache("albums");
		Cache tracks = node.cache("tracks");
		String key = UUID.randomUUID().toString();
		CyclicBarrier both = new CyclicBarrier(2);
		CompletableFuture<String> one = loadBoth(albums, tracks, key, both);
		CompletableFuture<String> two = loadBoth(tracks, albums, key, both);
		assertThat(one).succeedsWithin(20, TimeUnit.SECONDS);
		assertThat(two).succeedsWithin(20, TimeUnit.SECONDS);
	}

	private static CompletableFuture<String> loadBoth(Cache outer, Cache inner, String key, CyclicBarrier both) {
		return CompletableFuture.supplyAsync(() -> outer.get(key, () -> {
			both.await(10, TimeUnit.SECONDS);
			return inner.get(key, () -> "inner");
		}), (task) -> new Thread(task).start());
	}

	@Test
	void tellsAMissOnAThreadThatMayBeHeldUp() {
		String thread = this.cache.retrieve("absent").thenApply((miss) -> Thread.currentThread().getName()).join();
		assertThat(thread).doesNotStartWith("lettuce-");
	}

	@Test
	void takesACachedNullForAMissWhereNullIsNotCached() {
		node.cache("nulls").put(1, null);
		try (CacheNode without = CacheNode.start(redis, List.of("spring.cache.redis.cache-null-values=false"))) {
			Cache nulls = without.cache("nulls");
			assertThat(nulls.get(1)).isNull();
			assertThat(nulls.get(1, () -> "loaded")).isEqualTo("loaded").isNotInstanceOf(NullValue.class);
			assertThat(nulls.<String>get(2, () -> null)).isNull();
			assertThat(nulls.get(2)).isNull();
		}
	}

	/**
	 * Text, in whose writing something else happens once.
	 */
	@Component("interrupting")
	static class Interrupting implements ValueCodec {

		static final AtomicReference<Runnable> next = new AtomicReference<>();

		@Override
		public byte[] encode(Object value) {
			Runnable interruption = next.getAndSet(null);
			if (interruption != null) {
				CompletableFuture.runAsync(interruption).join();
			}
			return value.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] source, int offset, int length) {
			return new String(Arrays.copyOfRange(source, offset, offset + length), StandardCharsets.UTF_8);
		}

	}

}
