package io.redispatterns.stampede.sync;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.util.StringUtils;

/**
 * The operations of one method.
 *
 * @param all the operations
 * @param guarded whether they are a single {@code @Cacheable} that was made {@code sync}
 */
record AutoSyncOperations(Collection<CacheOperation> all, boolean guarded) {

	/**
	 * Guard a {@code @Cacheable} that is alone on its method, where Spring allows it to
	 * be {@code sync}, and it does the same then but for the number of loads.
	 * @param written the operations as they are written
	 * @param ours whether an operation is on a cache of this starter
	 * @return the operations, as they are written unless guarded
	 */
	static AutoSyncOperations of(Collection<CacheOperation> written, Predicate<CacheOperation> ours) {
		if (written.size() == 1 && written.iterator().next() instanceof CacheableOperation only && isEligible(only)
				&& ours.test(only)) {
			return new AutoSyncOperations(List.of(sync(only)), true);
		}
		return new AutoSyncOperations(written, false);
	}

	private static boolean isEligible(CacheableOperation operation) {
		return operation.getClass() == CacheableOperation.class && operation.getCacheNames().size() == 1
				&& !operation.isSync() && !StringUtils.hasText(operation.getUnless())
				&& !operation.getCondition().contains("#result");
	}

	// Of the very class, by which Spring looks it up
	private static CacheableOperation sync(CacheableOperation operation) {
		CacheableOperation.Builder builder = new CacheableOperation.Builder();
		builder.setName(operation.getName());
		builder.setCacheNames(operation.getCacheNames().toArray(String[]::new));
		builder.setKey(operation.getKey());
		builder.setKeyGenerator(operation.getKeyGenerator());
		builder.setCacheManager(operation.getCacheManager());
		builder.setCacheResolver(operation.getCacheResolver());
		builder.setCondition(operation.getCondition());
		builder.setUnless("");
		builder.setSync(true);
		return builder.build();
	}

}
