package io.redispatterns.hash;

import java.time.Duration;
import java.util.Map;

import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.lease.Permit;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.hash.field.HashCodec;
import io.redispatterns.hash.script.HashReads;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.hash.script.HashWrites;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Stores what was loaded of one store, each under the lease that its load was given.
 *
 * @param <T> the class of the objects
 */
final class HashFills<T> {

	private final RedisExecutor redis;

	private final HashReads reads;

	private final HashWrites writes;

	private final HashCodec codec;

	HashFills(RedisExecutor redis, HashReads reads, HashWrites writes, HashCodec codec) {
		this.redis = redis;
		this.reads = reads;
		this.writes = writes;
		this.codec = codec;
	}

	/**
	 * Store what was loaded, if the lease is good.
	 * @return whether the value was good when the doors closed, as far as can be known
	 */
	boolean store(Permit permit, @Nullable T loaded) {
		Grant grant = permit.grant();
		Event event = permit.isWithoutRedis() ? Event.UNSTORED : Event.REFUSED;
		boolean used = false;
		if (grant != null) {
			try {
				event = fill(grant, loaded);
				used = true;
			}
			catch (RedisFailureException ex) {
				event = Event.UNSTORED;
			}
		}
		if (loaded != null) {
			this.reads.statistics().count(event);
		}
		permit.end(used);
		return event != Event.REFUSED;
	}

	private Event fill(Grant grant, @Nullable T loaded) {
		Map<String, byte[]> fields = encode(loaded);
		if (loaded != null && !fields.isEmpty()) {
			return this.writes.fill(grant.key(), grant.token(), this.codec.versionOf(loaded), fields) ? Event.STORED
					: Event.REFUSED;
		}
		// Only to learn whether the lease is good
		Leases leases = this.reads.leases();
		return (this.redis.await(leases.renew(grant.key(), grant.token(), Duration.ZERO)) == 1) ? Event.UNSTORED
				: Event.REFUSED;
	}

	private Map<String, byte[]> encode(@Nullable T loaded) {
		try {
			return (loaded != null) ? this.codec.encode(loaded) : Map.of();
		}
		catch (ValueCodecException ex) {
			return Map.of();
		}
	}

}
