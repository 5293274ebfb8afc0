package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheResult;
import com.alicp.jetcache.MultiLevelCacheBuilder;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Kryo5ValueDecoder;
import com.alicp.jetcache.support.Kryo5ValueEncoder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

/**
 * JetCache: a remote cache on Lettuce from its own builder, values by its Kryo 5 codec.
 * Its plain {@code put} does not wait for the server, so the one with a result is used.
 * It loads with penetration protection, which is one load for each JVM.
 */
final class JetCacheLettuce implements TrackCache {

	private final RedisClient client;

	private final Cache<String, Track> cache;

	private JetCacheLettuce(RedisClient client, Cache<String, Track> cache) {
		this.client = client;
		this.cache = cache;
	}

	JetCacheLettuce(int port) {
		this(RedisClient.create(RedisURI.create("127.0.0.1", port)));
	}

	private JetCacheLettuce(RedisClient client) {
		this(client, remote(client));
	}

	/**
	 * The same with Caffeine before it, which its own builder makes.
	 */
	static TrackCache twoLevels(int port) {
		RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
		Cache<String, Track> local = CaffeineCacheBuilder.createCaffeineCacheBuilder()
			.limit(2 * Tracks.COUNT)
			.expireAfterWrite(10, TimeUnit.MINUTES)
			.buildCache();
		return new JetCacheLettuce(client,
				MultiLevelCacheBuilder.<String, Track>createMultiLevelCacheBuilder()
					.addCache(local, remote(client))
					.expireAfterWrite(10, TimeUnit.MINUTES)
					.buildCache());
	}

	private static Cache<String, Track> remote(RedisClient client) {
		return RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
			.redisClient(client)
			.keyPrefix("tracks:")
			.valueEncoder(Kryo5ValueEncoder.INSTANCE)
			.valueDecoder(Kryo5ValueDecoder.INSTANCE)
			.cachePenetrateProtect(true)
			.expireAfterWrite(10, TimeUnit.MINUTES)
			.buildCache();
	}

	@Override
	public @Nullable Track get(String key) {
		return this.cache.get(key);
	}

	@Override
	public @Nullable Object get(String key, Supplier<Track> loader) {
		return this.cache.computeIfAbsent(key, (missed) -> loader.get());
	}

	@Override
	public Map<String, Track> getAll(Set<String> keys) {
		return this.cache.getAll(keys);
	}

	@Override
	public void put(String key, Track track) {
		CacheResult result = this.cache.PUT(key, track);
		if (!result.isSuccess()) {
			throw new IllegalStateException(result.getMessage());
		}
	}

	@Override
	public void clear() {
		throw new UnsupportedOperationException("a remote JetCache cannot be cleared");
	}

	@Override
	public void close() {
		this.cache.close();
		this.client.shutdown();
	}

}
