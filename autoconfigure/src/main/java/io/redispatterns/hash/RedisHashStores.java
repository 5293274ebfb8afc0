package io.redispatterns.hash;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.transaction.CacheTransactions;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.hash.FencedHashes.Commits;
import io.redispatterns.hash.HashProperties.FenceFailure;
import io.redispatterns.hash.HashProperties.Transaction;
import io.redispatterns.hash.field.HashCodec;
import io.redispatterns.hash.script.HashFences;
import io.redispatterns.hash.script.HashReads;
import io.redispatterns.hash.script.HashStatistics;
import io.redispatterns.hash.script.HashStatistics.Listener;
import io.redispatterns.hash.script.HashWrites;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;

/**
 * {@link HashStores} over one server or cluster.
 */
final class RedisHashStores implements HashStores, AutoCloseable {

	private final RedisExecutor redis;

	private final KeySpace keySpace;

	private final JsonValueCodecs codecs;

	private final HashProperties properties;

	private final Surroundings surroundings;

	private final Commits commits;

	private final Map<String, RedisHashStore<?>> stores = new ConcurrentHashMap<>();

	private final Collection<FencedHashes> fenced = new ConcurrentLinkedQueue<>();

	RedisHashStores(RedisExecutor redis, KeySpace keySpace, JsonValueCodecs codecs, HashProperties properties,
			Surroundings surroundings) {
		this.redis = redis;
		this.keySpace = keySpace;
		this.codecs = codecs;
		this.properties = properties;
		this.surroundings = surroundings;
		CacheTransactions transactions = (properties.transaction() == Transaction.FENCE)
				? CacheTransactions.of(redis, surroundings.random()) : CacheTransactions.NONE;
		this.commits = new Commits(redis, transactions, properties.onFenceFailure() == FenceFailure.FAIL);
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
		Keys keys = this.keySpace.kind("hash", name);
		Leases leases = new Leases(this.redis, keys.prefix(), this.surroundings.random());
		HashStatistics statistics = new HashStatistics(name);
		HashReads reads = new HashReads(this.redis, codec, statistics, leases);
		HashWrites writes = new HashWrites(this.redis, leases, codec.shape(), this.properties.timeToLive(name));
		FencedHashes fenced = new FencedHashes(new HashFences(this.redis, writes), leases, statistics, this.commits);
		this.fenced.add(fenced);
		this.surroundings.listener().created(statistics);
		return new RedisHashStore<>(type, keys, new HashIncrements(codec, reads, writes), new HashLoads<>(this.redis,
				reads, new HashFills<>(this.redis, reads, writes, codec), this.surroundings.guard()), fenced);
	}

	@Override
	public void close() {
		this.fenced.forEach(FencedHashes::close);
	}

	/**
	 * What all stores have of the application around them.
	 *
	 * @param random source of tokens
	 * @param guard decides who loads
	 * @param listener told of each store
	 */
	record Surroundings(RandomGenerator random, StampedeGuard guard, Listener listener) {

	}

}
