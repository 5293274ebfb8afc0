package io.redispatterns.cache.delivery;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * Tells the application's error handler of failures that the caller of a cache does not
 * get.
 *
 * @param cache the cache
 * @param reports the way to the handler
 */
public record UnseenFailures(Cache cache, ErrorReports reports) {

	/**
	 * Tells of a put that failed.
	 */
	public Consumer<RedisFailureException> put(Object key, @Nullable Object value) {
		return this.reports.of((handler, ex) -> handler.handleCachePutError(ex, this.cache, key, value));
	}

	/**
	 * Tells of puts that failed.
	 */
	public Consumer<RedisFailureException> puts(Map<?, ? extends @Nullable Object> values) {
		return this.reports.of((handler, ex) -> values
			.forEach((key, value) -> handler.handleCachePutError(ex, this.cache, Objects.requireNonNull(key), value)));
	}

	/**
	 * Tells of an eviction that failed.
	 */
	public Consumer<RedisFailureException> eviction(Object key) {
		return this.reports.of((handler, ex) -> handler.handleCacheEvictError(ex, this.cache, key));
	}

	/**
	 * Tells of evictions that failed.
	 */
	public Consumer<RedisFailureException> evictions(Collection<?> keys) {
		return this.reports.of((handler, ex) -> keys
			.forEach((key) -> handler.handleCacheEvictError(ex, this.cache, Objects.requireNonNull(key))));
	}

	/**
	 * Tells of a clear that failed.
	 */
	public Consumer<RedisFailureException> clear() {
		return this.reports.of((handler, ex) -> handler.handleCacheClearError(ex, this.cache));
	}

}
