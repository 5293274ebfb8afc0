package io.redispatterns.sample.panel;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.redispatterns.sample.node.Counts;

import org.springframework.cache.CacheManager;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells, for each cache, how often it had the answer and how
 * long a load took when it had not. The numbers are this node's, since its start.
 */
@Component
@Order(5)
final class CacheSection implements PanelSection {

	private final CacheManager cacheManager;

	private final Counts counts;

	private final MeterRegistry meters;

	CacheSection(CacheManager cacheManager, Counts counts, MeterRegistry meters) {
		this.cacheManager = cacheManager;
		this.counts = counts;
		this.meters = meters;
	}

	@Override
	public String name() {
		return "caches";
	}

	@Override
	public List<CacheState> read() {
		return this.cacheManager.getCacheNames().stream().sorted().map(this::read).toList();
	}

	private CacheState read(String cache) {
		Timer load = this.meters.find("redis.cache.load").tag("cache", cache).timer();
		Double near = this.counts.gauge("redis.cache.near.size", "cache", cache);
		long hits = this.counts.of("cache.gets", "cache", cache, "result", "hit");
		long misses = this.counts.of("cache.gets", "cache", cache, "result", "miss");
		return new CacheState(cache, hits, misses, (hits > 0) ? (double) hits / (hits + misses) : 0,
				(load != null) ? load.count() : 0, (load != null) ? load.mean(TimeUnit.MILLISECONDS) : 0,
				this.counts.of("redis.cache.near.hits", "cache", cache), (near != null) ? near.longValue() : 0);
	}

	/**
	 * The state of a cache. Of the hits, {@code nearHits} made no call to Redis.
	 */
	record CacheState(String name, long hits, long misses, double hitRatio, long loads, double loadMillis,
			long nearHits, long nearEntries) {
	}

}
