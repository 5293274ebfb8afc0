package io.redispatterns.sample.panel;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.CacheManager;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells, for each cache, how often it had the answer and how
 * long a load took when it had not. The numbers are this node's, since its start.
 */
@Component
@Order(4)
final class CacheSection implements PanelSection {

	private final CacheManager cacheManager;

	private final MeterRegistry meters;

	CacheSection(CacheManager cacheManager, MeterRegistry meters) {
		this.cacheManager = cacheManager;
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
		Gauge size = this.meters.find("cache.size").tag("cache", cache).gauge();
		return CacheState.of(cache, gets(cache, "hit"), gets(cache, "miss"), (load != null) ? load.count() : 0,
				(load != null) ? load.mean(TimeUnit.MILLISECONDS) : 0, (size != null) ? (long) size.value() : null);
	}

	private long gets(String cache, String result) {
		return (long) this.meters.find("cache.gets")
			.tag("cache", cache)
			.tag("result", result)
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	/**
	 * The state of a cache. Entries are given by caches that can count them.
	 */
	record CacheState(String name, long hits, long misses, double hitRatio, long loads, double loadMillis,
			@Nullable Long entries) {

		static CacheState of(String name, long hits, long misses, long loads, double loadMillis,
				@Nullable Long entries) {
			long gets = hits + misses;
			return new CacheState(name, hits, misses, (gets > 0) ? (double) hits / gets : 0, loads, loadMillis,
					entries);
		}

	}

}
