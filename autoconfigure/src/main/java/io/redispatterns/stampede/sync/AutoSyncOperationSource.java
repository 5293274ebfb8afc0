package io.redispatterns.stampede.sync;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.MethodClassKey;

/**
 * The operations of cached methods, guarded where they can be.
 */
final class AutoSyncOperationSource implements CacheOperationSource {

	private static final Logger logger = LoggerFactory.getLogger(AutoSyncOperationSource.class);

	private final CacheOperationSource written;

	private final Predicate<CacheOperation> ours;

	private final ConcurrentMap<MethodClassKey, AutoSyncOperations> known = new ConcurrentHashMap<>();

	/**
	 * Create the source.
	 * @param written the operations as they are written
	 * @param ours whether an operation is on a cache of this starter, asked at the first
	 * call of its method
	 */
	AutoSyncOperationSource(CacheOperationSource written, Predicate<CacheOperation> ours) {
		this.written = written;
		this.ours = ours;
	}

	@Override
	public boolean isCandidateClass(Class<?> targetClass) {
		return this.written.isCandidateClass(targetClass);
	}

	@Override
	public boolean hasCacheOperations(Method method, @Nullable Class<?> targetClass) {
		return this.written.hasCacheOperations(method, targetClass);
	}

	@Override
	public @Nullable Collection<CacheOperation> getCacheOperations(Method method, @Nullable Class<?> targetClass) {
		AutoSyncOperations operations = operations(method, targetClass);
		return (operations != null) ? operations.all() : null;
	}

	/**
	 * Whether a method is guarded without being told.
	 */
	boolean isGuarded(Method method, Class<?> targetClass) {
		AutoSyncOperations operations = operations(method, targetClass);
		return operations != null && operations.guarded();
	}

	private @Nullable AutoSyncOperations operations(Method method, @Nullable Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		AutoSyncOperations found = this.known.get(key);
		if (found == null) {
			Collection<CacheOperation> operations = this.written.getCacheOperations(method, targetClass);
			if (operations != null) {
				found = AutoSyncOperations.of(operations, this.ours);
				logger.debug("{} {}", found.guarded() ? "Guarded:" : "Not guarded without being told:", method);
				this.known.put(key, found);
			}
		}
		return found;
	}

}
