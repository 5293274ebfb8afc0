package io.redispatterns.cache.near;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.redispatterns.cache.near.NearCache.Settings;
import io.redispatterns.redis.key.KeyNames;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NearCache}.
 */
class NearCacheTests {

	private static final long LONG = Duration.ofHours(1).toMillis();

	private final Keys keys = KeySpace.of("ns").named("cache");

	private final byte[] key = this.keys.key("key");

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

	private final AtomicBoolean trusted = new AtomicBoolean(true);

	private final NearCache near = new NearCache(new KeyNames(this.keys),
			new Settings(100, Duration.ofSeconds(10), false), new HotKeys(0, this.nanos::get), this.nanos::get);

	@BeforeEach
	void trust() {
		this.near.trustWhile((now) -> this.trusted.get());
	}

	private void keep(String tag) {
		this.near.keep(this.key, "value", List.of(tag), this.near.seen(this.key), LONG);
		assertThat(this.near.find("key")).isEqualTo("value");
	}

	@Test
	void servesWhatIsKept() {
		keep("tag");
		assertThat(this.near.hits()).isOne();
		assertThat(this.near.find("other")).isNull();
	}

	@Test
	void servesNothingBeforeThereIsTrust() {
		NearCache fresh = new NearCache(new KeyNames(this.keys), new Settings(100, Duration.ofSeconds(10), false),
				new HotKeys(0, this.nanos::get), this.nanos::get);
		fresh.keep(this.key, "value", List.of(), fresh.seen(this.key), LONG);
		assertThat(fresh.find("key")).isNull();
	}

	@Test
	void servesNothingWithoutTrust() {
		keep("tag");
		this.trusted.set(false);
		assertThat(this.near.find("key")).isNull();
	}

	@Test
	void keepsNoLongerThanConfigured() {
		keep("tag");
		this.nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
		assertThat(this.near.find("key")).isNotNull();
		this.nanos.incrementAndGet();
		assertThat(this.near.find("key")).isNull();
	}

	@Test
	void keepsNoLongerThanTheEntryLives() {
		this.near.keep(this.key, "value", List.of(), this.near.seen(this.key), 5);
		this.nanos.addAndGet(Duration.ofMillis(5).toNanos());
		assertThat(this.near.find("key")).isNull();
	}

	/** R2, on this node. */
	@Test
	void keepsNothingThatAWriteHasOvertaken() {
		long seen = this.near.seen(this.key);
		this.near.drop(this.key);
		this.near.keep(this.key, "old", List.of(), seen, LONG);
		assertThat(this.near.find("key")).isNull();
	}

	@Test
	void keepsNothingThatAFlushHasOvertaken() {
		long seen = this.near.seen(this.key);
		this.near.flush();
		this.near.keep(this.key, "old", List.of(), seen, LONG);
		assertThat(this.near.find("key")).isNull();
	}

	@Test
	void keepsNothingThatAnEvictedTagHasOvertaken() {
		long seen = this.near.seen(this.key);
		this.near.dropTag("tag");
		this.near.keep(this.key, "old", List.of("tag"), seen, LONG);
		assertThat(this.near.find("key")).isNull();
	}

	@Test
	void dropsTheEntryOnly() {
		keep("tag");
		byte[] other = this.keys.key(7);
		this.near.keep(other, "seven", List.of(), this.near.seen(other), LONG);
		this.near.drop(this.key);
		assertThat(this.near.find("key")).isNull();
		assertThat(this.near.find(7)).isEqualTo("seven");
	}

	@Test
	void dropsTheEntriesWithTheTagOnly() {
		keep("tag");
		this.near.dropTag("other");
		assertThat(this.near.find("key")).isEqualTo("value");
		this.near.dropTag("tag");
		assertThat(this.near.find("key")).isNull();
	}

	@Test
	void flushDropsEverything() {
		keep("tag");
		this.near.flush();
		assertThat(this.near.find("key")).isNull();
		assertThat(this.near.size()).isZero();
	}

	@Test
	void keepsSoManyOnly() {
		for (int i = 0; i < 1000; i++) {
			byte[] each = this.keys.key(i);
			this.near.keep(each, i, List.of(), this.near.seen(each), LONG);
		}
		await().until(() -> this.near.size() <= 100);
	}

	@Test
	void keepsNothingWhenThereIsNone() {
		NearCache.NONE.keep(this.key, "value", List.of(), 0, LONG);
		NearCache.NONE.trustWhile((now) -> true);
		assertThat(NearCache.NONE.find("key")).isNull();
	}

}
