package io.redispatterns.hash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.hash.HashStatistics.Listener;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;

/**
 * {@link HashStores} over one server or cluster.
 */
final class RedisHashStores implements HashStores {

	private final RedisExecutor redis;

	private final KeySpace keySpace;

	private final JsonValueCodecs codecs;

	private final HashProperties properties;

	private final Surroundings surroundings;

	private final Map<String, RedisHashStore<?>> stores = new ConcurrentHashMap<>();

	RedisHashStores(RedisExecutor redis, KeySpace keySpace, JsonValueCodecs codecs, HashProperties properties,
			Surroundings surroundings) {
		this.redis = redis;
		this.keySpace = keySpace;
		this.codecs = codecs;
		this.properties = properties;
		this.surroundings = surroundings;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> HashStore<T> of(String name, Class<T> type) {
		RedisHashStore<?> store = this.stores.computeIfAbsent(name, (absent) -> create(name, type));
		if (store.type() != type) {
			throw new IllegalArgumentException("hash store '%s' holds objects of '%s' but was asked for with '%s'"
				.formatted(name, store.type().getName(), type.getName()));
		}
		return (HashStore<T>) store;
	}

	private <T> RedisHashStore<T> create(String name, Class<T> type) {
		HashCodec codec = new HashCodec(this.codecs, "hash store '" + name + "'", type, this.properties.maxValueSize());
		HashReads reads = new HashReads(this.redis, codec, new HashStatistics(name), this.surroundings.random());
		HashWrites writes = new HashWrites(this.redis, codec.shape(), this.properties.timeToLive(name));
		RedisHashStore<T> store = new RedisHashStore<>(type, this.keySpace.kind("hash", name), codec, reads, writes);
		this.surroundings.listener().created(reads.statistics());
		return store;
	}

	/**
	 * Source of the leases' tokens, and who is told of each store.
	 */
	record Surroundings(LongSupplier random, Listener listener) {

	}

}
