package io.redispatterns.cache;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.AbstractTransactionSupportingCacheManager;

/**
 * The {@code CacheManager} of this starter: the caches that annotations and properties
 * name are there when the application has started, any other from its first use on.
 */
final class RedisCacheAsideManager extends AbstractTransactionSupportingCacheManager
		implements SmartInitializingSingleton {

	private final Function<String, RedisCacheAside> factory;

	private final Supplier<Set<String>> names;

	private final CreationListener listener;

	private final ConcurrentMap<String, Cache> created = new ConcurrentHashMap<>();

	/**
	 * Create the manager.
	 * @param factory makes a cache
	 * @param names names of the caches that are known at start
	 * @param listener told of each new cache
	 */
	RedisCacheAsideManager(Function<String, RedisCacheAside> factory, Supplier<Set<String>> names,
			CreationListener listener) {
		this.factory = factory;
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

	/**
	 * Is told of each new cache before it is used.
	 */
	@FunctionalInterface
	interface CreationListener {

		void created(Cache cache);

	}

}
