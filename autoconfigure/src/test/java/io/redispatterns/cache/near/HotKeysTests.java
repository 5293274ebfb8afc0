package io.redispatterns.cache.near;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.cache.near.HotKeys.Hot;
import io.redispatterns.cache.near.NearCache.Settings;
import io.redispatterns.redis.key.KeyNames;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link HotKeys}.
 */
class HotKeysTests {

	private static final long SEED = 42;

	private final AtomicLong nanos = new AtomicLong();

	private final HotKeys hot = new HotKeys(2, this.nanos::get);

	/**
	 * A read a microsecond.
	 */
	private void read(String key) {
		this.nanos.addAndGet(1000);
		this.hot.read(key.getBytes(StandardCharsets.UTF_8));
	}

	private void read(String key, int times) {
		IntStream.range(0, times).forEach((i) -> read(key));
	}

	private boolean isHot(String key) {
		this.nanos.addAndGet(Duration.ofMillis(1001).toNanos());
		return this.hot.isHot(key.getBytes(StandardCharsets.UTF_8));
	}

	private List<String> top(int most) {
		return this.hot.top(most).stream().map((each) -> new String(each.key(), StandardCharsets.UTF_8)).toList();
	}

	@Test
	void findsTheKeysThatAreReadMostAmongAHundredThousand() {
		Random random = new Random(SEED);
		for (int i = 0; i < 400_000; i++) {
			int chance = random.nextInt(100);
			read((chance < 20) ? "first"
					: (chance < 30) ? "second" : (chance < 35) ? "third" : "key" + random.nextInt(100_000));
		}
		assertThat(top(3)).containsExactly("first", "second", "third");
		assertThat(this.hot.top(3)).extracting(Hot::share)
			.satisfiesExactly((share) -> assertThat(share).isCloseTo(0.2, within(0.02)),
					(share) -> assertThat(share).isCloseTo(0.1, within(0.02)),
					(share) -> assertThat(share).isCloseTo(0.05, within(0.02)));
	}

	@Test
	void namesNothingWhereNothingIsReadMore() {
		Random random = new Random(SEED);
		IntStream.range(0, 200_000).forEach((i) -> read("key" + random.nextInt(100_000)));
		assertThat(this.hot.top(10)).isEmpty();
	}

	@Test
	void forgetsWhatIsNotReadAnyMore() {
		read("was", 200_000);
		this.nanos.addAndGet(Duration.ofMinutes(3).toNanos());
		read("is", 20_000);
		assertThat(top(10)).containsExactly("is", "was");
		this.nanos.addAndGet(Duration.ofMinutes(10).toNanos());
		assertThat(top(10)).isEmpty();
	}

	@Test
	void soManyKeysAreHot() {
		read("first", 40_000);
		read("second", 30_000);
		read("third", 10_000);
		assertThat(Stream.of("first", "second", "third", "never")).filteredOn(this::isHot)
			.containsExactly("first", "second");
	}

	@Test
	void fewReadsMakeNothingHot() {
		read("key", 200);
		assertThat(isHot("key")).isFalse();
	}

	@Test
	void countsManyThreads() {
		AtomicLong ticks = new AtomicLong();
		HotKeys shared = new HotKeys(1, () -> ticks.addAndGet(997));
		byte[] key = "key".getBytes(StandardCharsets.UTF_8);
		CompletableFuture
			.allOf(IntStream.range(0, 4)
				.mapToObj((i) -> CompletableFuture.runAsync(
						() -> IntStream.range(0, 80_000).forEach((j) -> shared.read((j % 2 == 0) ? key : new byte[i]))))
				.toArray(CompletableFuture<?>[]::new))
			.join();
		assertThat(shared.top(1)).singleElement().satisfies((each) -> {
			assertThat(each.key()).isEqualTo(key);
			assertThat(each.share()).isCloseTo(0.5, within(0.05));
		});
	}

	@Test
	void nearCacheKeepsWhatIsHotOnlyAndItStaysHot() {
		Keys keys = KeySpace.of("ns").named("cache");
		NearCache near = new NearCache(new KeyNames(keys), new Settings(2, Duration.ofHours(1), true), this.hot,
				() -> this.nanos.addAndGet(1000));
		near.trustWhile((now) -> true);
		byte[] key = keys.key(7);
		near.keep(key, "value", List.of(), near.seen(key), 1_000_000);
		assertThat(near.find(7)).as("a key that is not hot").isNull();
		IntStream.range(0, 4000).forEach((i) -> this.hot.read(keys.key((this.nanos.addAndGet(1000) > 0) ? 7 : 8)));
		near.keep(key, "value", List.of(), near.seen(key), 1_000_000);
		assertThat(near.find(7)).isEqualTo("value");
		this.nanos.addAndGet(Duration.ofMinutes(10).toNanos());
		IntStream.range(0, 4000).forEach((i) -> near.find(7));
		assertThat(this.hot.isHot(key)).as("by its hits near").isTrue();
	}

}
