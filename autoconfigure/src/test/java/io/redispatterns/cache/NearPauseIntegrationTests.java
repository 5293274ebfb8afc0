package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process with near caches that was stopped for longer than its bound does not serve
 * what others have written meanwhile, not even once.
 */
@Tag("timed")
class NearPauseIntegrationTests {

	private static final int PAUSES = 2;

	private static final Duration MAX_SILENCE = Duration.ofMillis(500);

	@Test
	void servesNothingOldAfterAPause(@Redis StandaloneRedis redis) {
		List<String> properties = new ArrayList<>(NearCacheContract.NEAR);
		properties.add("redis.invalidation.max-silence=" + MAX_SILENCE);
		properties.add("redis.cache.nodes.silent-after=0");
		try (CacheNode writer = CacheNode.start(redis, properties);
				PausedReader reader = new PausedReader(redis.springProperties(), properties)) {
			NearCacheContract.awaitNear(writer);
			for (int i = 0; i < PAUSES; i++) {
				String old = "old" + i;
				writer.cache(PausedReader.CACHE).put(PausedReader.KEY, old);
				await().atMost(Duration.ofSeconds(30)).until(() -> reader.keeps(old));
				reader.signal("STOP");
				writer.cache(PausedReader.CACHE).put(PausedReader.KEY, "new" + i);
				LockSupport.parkNanos(MAX_SILENCE.multipliedBy(2).toNanos());
				long end = System.nanoTime();
				reader.signal("CONT");
				String fresh = "new" + i;
				await().until(() -> reader.keeps(fresh));
				assertThat(reader.since(end)).as("pause %d", i).containsOnly(fresh);
			}
		}
	}

}
