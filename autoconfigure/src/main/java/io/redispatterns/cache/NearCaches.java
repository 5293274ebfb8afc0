package io.redispatterns.cache;

import io.redispatterns.cache.RedisCacheAsideFactory.Surroundings;
import io.redispatterns.cache.near.HotKeys;
import io.redispatterns.cache.near.InvalidationBus;
import io.redispatterns.cache.near.InvalidationBus.Trust;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.cache.node.CacheNodes;
import io.redispatterns.cache.settings.CachingProperties;
import io.redispatterns.cache.settings.CachingProperties.Settings;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeyNames;
import io.redispatterns.redis.key.KeySpace;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is kept near of caches.
 */
record NearCaches(RedisExecutor redis, KeySpace keySpace, CachingProperties properties, Surroundings surroundings) {

	NearWrites of(String name, NearCache.@Nullable Settings settings) {
		InvalidationBus bus = this.surroundings.bus();
		HotKeys hot = new HotKeys((settings != null && settings.hotOnly()) ? settings.maxSize() : 0, System::nanoTime);
		if (settings == null) {
			return new NearWrites(name, this.redis, bus, NearCache.NONE, hot);
		}
		if (bus == InvalidationBus.NONE) {
			String key = settings.hotOnly() ? "near.hot-keys" : "near.enabled";
			throw new InvalidSettingException(
					this.properties.origin(name, key, settings.hotOnly() ? NearCaches::hotKeys : NearCaches::isNear),
					settings.hotOnly() ? settings.maxSize() : true,
					"not be set while 'redis.invalidation.enabled' is false, as nobody tells of other nodes' writes",
					"Remove one of the two.");
		}
		NearCache near = new NearCache(new KeyNames(this.keySpace.named(name)), settings, hot, System::nanoTime);
		Trust trust = bus.feed(name, near);
		CacheNodes nodes = this.surroundings.nodes();
		near.trustWhile((nanos) -> nodes.areHeard() && trust.holds(nanos));
		return new NearWrites(name, this.redis, bus, near, hot);
	}

	private static @Nullable Object hotKeys(Settings set) {
		return (set.near() != null) ? set.near().hotKeys() : null;
	}

	private static @Nullable Object isNear(Settings set) {
		return (set.near() != null) ? set.near().enabled() : null;
	}

}
