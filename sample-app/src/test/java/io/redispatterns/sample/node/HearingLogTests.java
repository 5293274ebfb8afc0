package io.redispatterns.sample.node;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.CacheInvalidation;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HearingLog}.
 */
class HearingLogTests {

	private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00.000250Z");

	private long now = ChronoUnit.MICROS.between(Instant.EPOCH, WRITTEN);

	private final RedisExecutor redis = (RedisExecutor) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { RedisExecutor.class }, (proxy, method, arguments) -> this.now);

	private final HearingLog log = new HearingLog(new NodeId("here"), this.redis, new HearingStreams());

	@Test
	void tellsWhoWroteWhatAndHowLongAgo() {
		this.now += 1500;
		hear(WriteKind.PUT, WRITTEN);
		assertThat(this.log.last()).containsExactly(new Hearing("here", 1, "there", "tracks", "put", 1.5));
	}

	@Test
	void tellsNoTimeWhereNoneIsKnownAndNoNegativeOne() {
		hear(WriteKind.EVICT, null);
		this.now -= 100;
		hear(WriteKind.EVICT, WRITTEN);
		this.now = 0;
		hear(WriteKind.EVICT, WRITTEN);
		assertThat(this.log.last()).extracting(Hearing::lagMillis).containsExactly(null, 0.0, null);
	}

	@Test
	void keepsTheLastTen() {
		for (int message = 0; message < 25; message++) {
			hear(WriteKind.CLEAR, WRITTEN);
		}
		assertThat(this.log.last()).extracting(Hearing::number)
			.containsExactly(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
	}

	private void hear(WriteKind operation, @Nullable Instant time) {
		byte[] key = "shop:tracks:{i1}".getBytes(StandardCharsets.UTF_8);
		this.log.onInvalidation(
				new CacheInvalidation(operation, "tracks", key, null, new CacheInvalidation.Origin("there", 1, time)));
	}

}
