package io.redispatterns.sample.panel;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.sample.node.Counts;
import io.redispatterns.sample.panel.CacheSection.CacheState;
import org.junit.jupiter.api.Test;

import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheSection}.
 */
class CacheSectionTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final CacheSection section = new CacheSection(new ConcurrentMapCacheManager("tracks", "albums"),
			new Counts(this.meters), this.meters);

	@Test
	void readsTheMetersOfEachCache() {
		this.meters.more().counter("cache.gets", Tags.of("cache", "tracks", "result", "hit"), 3);
		this.meters.more().counter("cache.gets", Tags.of("cache", "tracks", "result", "miss"), 1);
		this.meters.timer("redis.cache.load", "cache", "tracks").record(8, TimeUnit.MILLISECONDS);
		this.meters.more().counter("redis.cache.near.hits", Tags.of("cache", "tracks"), 2);
		this.meters.gauge("redis.cache.near.size", Tags.of("cache", "tracks"), 4);
		assertThat(this.section.read()).containsExactly(new CacheState("albums", 0, 0, 0, 0, 0, 0, 0),
				new CacheState("tracks", 3, 1, 0.75, 1, 8, 2, 4));
	}

}
