package io.redispatterns.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.WriteThroughCache;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.util.ObjectUtils;

/**
 * Writes to the caches what methods have brought.
 */
final class CacheWriter {

	private final CacheManager caches;

	private final KeyGenerator keys;

	private final WriteMode mode;

	CacheWriter(CacheManager caches, KeyGenerator keys, WriteMode mode) {
		this.caches = caches;
		this.keys = keys;
		this.mode = mode;
	}

	/**
	 * Write, once for each cache. One that fails does not keep the others back.
	 * @param whole whether the method has brought all it was to; else entries are removed
	 * @return completed when what takes effect at once has done so
	 */
	CompletableFuture<@Nullable Void> write(List<WriteRule> operations, WriteCall call, @Nullable Object brought,
			boolean whole) {
		WritePlan plan = new WritePlan(this.keys, call, whole);
		Object result = ObjectUtils.unwrapOptional(brought);
		operations.forEach((operation) -> plan.add(operation, result, this.mode));
		List<CompletableFuture<?>> written = new ArrayList<>();
		RuntimeException failure = plan.failure();
		for (Map.Entry<WritePlan.Part, Map<Object, @Nullable Object>> part : plan.parts().entrySet()) {
			try {
				WriteThroughCache cache = cache(call, part.getKey().cache());
				written
					.add(cache.writeAll(part.getValue(), part.getKey().mode() == WriteMode.SYNC).toCompletableFuture());
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
		return CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new));
	}

	private WriteThroughCache cache(WriteCall call, String name) {
		Cache cache = this.caches.getCache(name);
		if (cache instanceof WriteThroughCache found) {
			return found;
		}
		throw new InvalidWriteThroughException(call.method(),
				(cache != null) ? "names the cache '%s', which is decorated by a '%s'".formatted(name, cache.getClass())
						: "names the cache '%s', which there is not".formatted(name),
				"Name a cache of the 'cacheManager' of this starter, which takes part in transactions by itself.");
	}

}
