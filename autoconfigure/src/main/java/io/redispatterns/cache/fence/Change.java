package io.redispatterns.cache.fence;

import java.util.Set;
import java.util.function.Consumer;

import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Permit;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has made of one entry.
 *
 * @param key key of the entry
 * @param written its new value, {@code null} when it was evicted
 * @param ticket what the miss gave that a put follows, {@code null} when it follows none
 * @param unseen told of a failure that the caller does not get
 */
public record Change(byte[] key, @Nullable WrittenValue written, @Nullable Permit ticket,
		Consumer<RedisFailureException> unseen) {

	Set<String> tags() {
		return (this.written != null) ? this.written.tags() : Set.of();
	}

	/**
	 * Whether its value can be compared with those of others.
	 */
	boolean isVersioned() {
		return this.written != null && this.written.version() != null;
	}

	/**
	 * The right to fill of a value that may have been loaded: nothing else tells whether
	 * it is still right.
	 */
	@Nullable Grant grant() {
		return (this.ticket != null) ? this.ticket.grant() : null;
	}

	/**
	 * Whether it follows a miss that gave no right to fill.
	 */
	boolean isUnfounded() {
		return this.ticket != null && this.ticket.grant() == null;
	}

	Change evicted() {
		return (this.written != null) ? new Change(this.key, null, null, this.unseen) : this;
	}

}
