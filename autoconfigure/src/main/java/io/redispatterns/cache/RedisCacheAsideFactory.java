package io.redispatterns.cache;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.Lifetime;
import io.redispatterns.cache.fill.StandIns;
import io.redispatterns.cache.flight.Background;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.cache.near.InvalidationBus;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.cache.node.CacheNodes;
import io.redispatterns.cache.settings.CacheCodecs;
import io.redispatterns.cache.settings.CachingProperties;
import io.redispatterns.cache.settings.CachingProperties.Refresh;
import io.redispatterns.cache.settings.CachingProperties.Settings;
import io.redispatterns.cache.settings.CachingProperties.Transaction;
import io.redispatterns.cache.settings.EffectiveSettings;
import io.redispatterns.cache.transaction.CacheTransactions;
import io.redispatterns.cache.value.ValueTags;
import io.redispatterns.cache.value.ValueVersion;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.SimpleCacheErrorHandler;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes caches after their settings.
 */
final class RedisCacheAsideFactory implements Function<String, RedisCacheAside>, AutoCloseable {

	private final RedisExecutor redis;

	private final KeySpace keySpace;

	private final CachingProperties properties;

	private final CacheCodecs codecs;

	private final Surroundings surroundings;

	private final CacheTransactions transactions;

	private final NearCaches nearCaches;

	private final StandIns.Shelf shelf = new StandIns.Shelf();

	private final Collection<Redelivery> made = new ConcurrentLinkedQueue<>();

	RedisCacheAsideFactory(RedisExecutor redis, KeySpace keySpace, CachingProperties properties, CacheCodecs codecs,
			Surroundings surroundings) {
		this.redis = redis;
		this.keySpace = keySpace;
		this.properties = properties;
		this.codecs = codecs;
		this.surroundings = surroundings;
		this.nearCaches = new NearCaches(redis, keySpace, properties, surroundings);
		this.transactions = CacheTransactions.of(redis, surroundings.random());
		verifyDefaults(properties.effective(""));
	}

	/**
	 * Refuse at start what the first cache of the run time would be refused for.
	 */
	private void verifyDefaults(EffectiveSettings defaults) {
		this.codecs.verify(defaults, this.properties.origin("", "codec", Settings::codec));
		ValueTags.of("", this.properties.origin("", "tags", Settings::tags), defaults.tags());
		ValueVersion.of("", this.properties.origin("", "version", Settings::version), defaults.version());
	}

	@Override
	public RedisCacheAside apply(String name) {
		EffectiveSettings settings = this.properties.effective(name);
		NearWrites near = this.nearCaches.of(name, settings.near());
		Lifetime lifetime = new Lifetime(settings.timeToLive(), settings.nullTimeToLive(), settings.jitter(),
				settings.staleness(), this.surroundings.random(), near.near() != NearCache.NONE);
		EntryAccess entries = new EntryAccess(name, this.redis, this.keySpace.named(name),
				new EntryAccess.Settings(lifetime,
						this.codecs.codec(name, settings, this.properties.origin(name, "codec", Settings::codec)),
						ValueTags.of(name, this.properties.origin(name, "tags", Settings::tags), settings.tags()),
						ValueVersion.of(name, this.properties.origin(name, "version", Settings::version),
								settings.version()),
						this.surroundings.nullValues(), this.surroundings.reports(),
						this.surroundings.nodes()::areHeard, near));
		this.made.add(entries.redelivery());
		this.surroundings.nodes().join(() -> entries.redelivery().journal().size() > 0);
		CacheTransactions transactions = (settings.transaction() != Transaction.NONE) ? this.transactions
				: CacheTransactions.NONE;
		Loads loads = new Loads(entries, transactions.deferral(), new StandIns(this.shelf, settings.outageTimeToLive()),
				new Loads.Settings(this.surroundings.observations().apply(name), this.surroundings.guard(),
						settings.loadConcurrency(), settings.staleness(), settings.loadTimeouts(),
						(settings.refresh() == Refresh.BACKGROUND) ? this.surroundings.background() : null));
		this.redis.connect();
		return new RedisCacheAside(name, this.surroundings.nullValues(), entries, loads,
				transactions.access(name, settings.policy(), this.redis, entries, loads));
	}

	EffectiveSettings settings(String name) {
		return this.properties.effective(name);
	}

	/**
	 * Names of the caches that annotations and properties name.
	 */
	Set<String> cacheNames() {
		Set<String> names = new LinkedHashSet<>(this.properties.caches().keySet());
		names.addAll(this.codecs.cacheNames());
		return names;
	}

	/**
	 * Spring's own handler throws, which no caller of a cached method asked for; any
	 * other is a choice of the application, and is to see the failures.
	 */
	static ErrorReports reports(ListableBeanFactory beans) {
		Supplier<Optional<CacheErrorHandler>> handler = SingletonSupplier
			.of(() -> beans.getBeanProvider(CacheAspectSupport.class)
				.stream()
				.map(CacheAspectSupport::getErrorHandler)
				.filter((each) -> each.getClass() != SimpleCacheErrorHandler.class)
				.findFirst());
		return new ErrorReports(() -> handler.get().orElse(null));
	}

	@Override
	public void close() {
		this.made.forEach(Redelivery::close);
	}

	/**
	 * What all caches have of the application around them.
	 *
	 * @param nullValues whether null is cached
	 * @param reports how the application is told of failures of Redis
	 * @param nodes the nodes that share the caches
	 * @param observations observes the loads of a cache
	 * @param guard decides who loads
	 * @param background where loads run that nobody waits for
	 * @param random source of the jitter
	 * @param bus tells of writes
	 */
	record Surroundings(boolean nullValues, ErrorReports reports, CacheNodes nodes,
			Function<String, LoadObservations> observations, StampedeGuard guard, Background background,
			RandomGenerator random, InvalidationBus bus) {

	}

}
