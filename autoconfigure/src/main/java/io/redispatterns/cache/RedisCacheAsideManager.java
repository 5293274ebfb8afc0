package io.redispatterns.cache;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.Generation;
import io.redispatterns.cache.settings.EffectiveSettings;
import io.redispatterns.cache.value.EntryHeader;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.AbstractTransactionSupportingCacheManager;

/**
 * The {@code CacheManager} of this starter: the caches that annotations and properties
 * name are there when the application has started, any other from its first use on.
 */
final class RedisCacheAsideManager extends AbstractTransactionSupportingCacheManager
		implements SmartInitializingSingleton, CacheInspector {

	private final Function<String, RedisCacheAside> factory;

	private final Supplier<Set<String>> names;

	private final CreationListener listener;

	private final Function<String, EffectiveSettings> settings;

	private final ConcurrentMap<String, Cache> created = new ConcurrentHashMap<>();

	/**
	 * Create the manager.
	 * @param factory makes a cache
	 * @param names names of the caches that are known at start
	 * @param listener told of each new cache
	 * @param settings tells what is in force for a cache
	 */
	RedisCacheAsideManager(Function<String, RedisCacheAside> factory, Supplier<Set<String>> names,
			CreationListener listener, Function<String, EffectiveSettings> settings) {
		this.factory = factory;
		this.settings = settings;
		this.names = names;
		this.listener = listener;
	}

	@Override
	protected Collection<? extends Cache> loadCaches() {
		return List.of();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.names.get().forEach(this::getCache);
	}

	@Override
	protected Cache getMissingCache(String name) {
		return this.created.computeIfAbsent(name, (missing) -> {
			Cache cache = this.factory.apply(missing);
			this.listener.created(cache);
			return cache;
		});
	}

	@Override
	public Set<String> cacheNames() {
		return new TreeSet<>(getCacheNames());
	}

	@Override
	public Map<String, Object> settings(String cache) {
		return this.settings.apply(cache).described();
	}

	@Override
	public Map<String, Long> counts(String cache) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Event event : Event.values()) {
			counts.put(event.name().toLowerCase(Locale.ROOT).replace('_', '-'), cache(cache).statistics().of(event));
		}
		counts.put("near-hit", cache(cache).near().hits());
		return counts;
	}

	@Override
	public Counter counter(String cache) {
		Generation now = cache(cache).entries().order().await(cache(cache).entries().generations().ask());
		return new Counter(now.number(), now.floor(), now.fenced());
	}

	@Override
	public @Nullable Header header(String cache, Object key) {
		EntryHeader found = cache(cache).entries().reader().header(cache(cache).entries().key(key));
		if (found == null) {
			return null;
		}
		return new Header(found.bytes(), found.valid(), found.generation(), found.version(), found.expiry(),
				found.tags());
	}

	@Override
	public List<HotKey> hotKeys(String cache, int most) {
		return cache(cache).entries()
			.near()
			.hot()
			.top(most)
			.stream()
			.map((each) -> new HotKey(new String(each.key(), StandardCharsets.UTF_8), each.share()))
			.toList();
	}

	private RedisCacheAside cache(String name) {
		Cache cache = getCacheNames().contains(name) ? getCache(name) : null;
		if (cache instanceof RedisCacheAside own) {
			return own;
		}
		throw new IllegalArgumentException("No cache named '%s'".formatted(name));
	}

	/**
	 * Is told of each new cache before it is used.
	 */
	@FunctionalInterface
	interface CreationListener {

		void created(Cache cache);

	}

}
