package io.redispatterns.cache;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;

/**
 * Meters of a cache: Spring Boot's standard ones, and what became of entries and values
 * that were neither hit nor stored.
 */
final class CacheMetrics extends CacheMeterBinder<RedisCacheAside> {

	private CacheMetrics(RedisCacheAside cache, Iterable<Tag> tags) {
		super(cache, cache.getName(), tags);
	}

	@Override
	protected @Nullable Long size() {
		return null;
	}

	@Override
	protected long hitCount() {
		return of(Event.HIT);
	}

	@Override
	protected Long missCount() {
		return of(Event.MISS);
	}

	@Override
	protected @Nullable Long evictionCount() {
		return null;
	}

	@Override
	protected long putCount() {
		return of(Event.PUT);
	}

	@Override
	protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
		counter("cache.removals", Event.REMOVAL, "Evictions, clears and evictions by tag").register(registry);
		counter("redis.cache.unreadable", Event.UNREADABLE, "Entries that could not be read and were misses")
			.register(registry);
		String unstored = "Values that could not be stored";
		counter("redis.cache.unstored", Event.OVERSIZED, unstored).tag("reason", "size").register(registry);
		counter("redis.cache.unstored", Event.UNWRITABLE, unstored).tag("reason", "type").register(registry);
		String failures = "Commands of the cache that Redis did not carry out";
		counter("redis.cache.failures", Event.FAILED_READ, failures).tag("operation", "read").register(registry);
		counter("redis.cache.failures", Event.FAILED_WRITE, failures).tag("operation", "write").register(registry);
	}

	private FunctionCounter.Builder<RedisCacheAside> counter(String name, Event event, String description) {
		ToDoubleFunction<RedisCacheAside> count = (cache) -> cache.statistics().of(event);
		return FunctionCounter.builder(name, getCache(), count).tags(getTagsWithCacheName()).description(description);
	}

	private long of(Event event) {
		RedisCacheAside cache = getCache();
		return (cache != null) ? cache.statistics().of(event) : 0;
	}

	/**
	 * Gives Spring Boot the meters of a cache.
	 */
	static final class Provider implements CacheMeterBinderProvider<RedisCacheAside> {

		@Override
		public MeterBinder getMeterBinder(RedisCacheAside cache, Iterable<Tag> tags) {
			return new CacheMetrics(cache, tags);
		}

	}

}
