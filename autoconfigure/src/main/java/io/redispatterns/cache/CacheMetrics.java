package io.redispatterns.cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.entry.EntryStatistics;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;

/**
 * Meters of a cache: Spring Boot's standard ones, and what became of entries and values
 * that were neither hit nor stored.
 */
final class CacheMetrics extends CacheMeterBinder<RedisCacheAside> {

	private final EntryStatistics statistics;

	private final Loads loads;

	private final Redelivery redelivery;

	private final NearCache near;

	private CacheMetrics(RedisCacheAside cache, Iterable<Tag> tags) {
		super(cache, cache.getName(), tags);
		this.statistics = cache.statistics();
		this.loads = cache.loads();
		this.redelivery = cache.redelivery();
		this.near = cache.near();
	}

	@Override
	protected @Nullable Long size() {
		return null;
	}

	@Override
	protected long hitCount() {
		return this.statistics.of(Event.HIT) + this.near.hits();
	}

	@Override
	protected Long missCount() {
		return this.statistics.of(Event.MISS);
	}

	@Override
	protected @Nullable Long evictionCount() {
		return null;
	}

	@Override
	protected long putCount() {
		return this.statistics.of(Event.PUT);
	}

	@Override
	protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
		counter("cache.removals", Event.REMOVAL, "Evictions, clears and evictions by tag").register(registry);
		counter("redis.cache.unreadable", Event.UNREADABLE, "Entries that could not be read and were misses")
			.register(registry);
		String unstored = "Values that were not stored";
		counter("redis.cache.unstored", Event.OVERSIZED, unstored).tag("reason", "size").register(registry);
		counter("redis.cache.unstored", Event.UNWRITABLE, unstored).tag("reason", "type").register(registry);
		counter("redis.cache.unstored", Event.OUTDATED, unstored).tag("reason", "version").register(registry);
		counter("redis.cache.fills.refused", Event.REFUSED,
				"Loaded values that were not stored because a write had come between")
			.register(registry);
		counter("redis.cache.stale", Event.STALE, "Expired values that served").register(registry);
		counter("redis.cache.refreshes", Event.REFRESH, "Values that were loaded again while they served")
			.register(registry);
		String failures = "Commands of the cache that Redis did not carry out";
		for (Kind reason : Kind.values()) {
			failures(Event.FAILED_READ, reason).tag("operation", "read").description(failures).register(registry);
			failures(Event.FAILED_WRITE, reason).tag("operation", "write").description(failures).register(registry);
		}
		FunctionCounter.builder("redis.cache.made.good", this.redelivery, Redelivery::madeGood)
			.tags(getTagsWithCacheName())
			.description("Keys and tags whose lost write was made good by an eviction")
			.register(registry);
		Gauge.builder("redis.cache.undelivered", this.redelivery, (redelivery) -> redelivery.journal().size())
			.tags(getTagsWithCacheName())
			.description("Keys and tags that are not trusted until a lost write is made good")
			.register(registry);
		counter("redis.cache.stand.ins", Event.STOOD_IN,
				"Reads that Redis failed and a value of this node served, neither hits nor misses")
			.register(registry);
		bindNear(registry);
		Gauge.builder("redis.cache.loads.waiting", this.loads, Loads::waiting)
			.tags(getTagsWithCacheName())
			.description("Loads that wait for their turn")
			.register(registry);
	}

	private void bindNear(MeterRegistry registry) {
		FunctionCounter.builder("redis.cache.near.hits", this.near, NearCache::hits)
			.tags(getTagsWithCacheName())
			.description("Hits that made no call to Redis")
			.register(registry);
		Gauge.builder("redis.cache.near.size", this.near, NearCache::size)
			.tags(getTagsWithCacheName())
			.description("Entries that this node keeps")
			.register(registry);
	}

	private FunctionCounter.Builder<EntryStatistics> failures(Event event, Kind reason) {
		return FunctionCounter
			.builder("redis.cache.failures", this.statistics, (statistics) -> statistics.of(event, reason))
			.tags(getTagsWithCacheName())
			.tag("reason", reason.tag());
	}

	private FunctionCounter.Builder<EntryStatistics> counter(String name, Event event, String description) {
		return FunctionCounter.builder(name, this.statistics, (statistics) -> statistics.of(event))
			.tags(getTagsWithCacheName())
			.description(description);
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
