package io.redispatterns.stampede.sync;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.AbstractCacheResolver;
import org.springframework.cache.interceptor.BeanFactoryCacheOperationSourceAdvisor;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.SimpleCacheResolver;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Has the aspect of the caching annotations read them through an
 * {@link AutoSyncOperationSource}. Others who read them, such as the pointcut, find them
 * as they are written.
 * <p>
 * It comes before any post-processor that makes proxies: the first bean that is looked at
 * for one brings the aspect along.
 */
final class AutoSyncPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			AutoSyncPostProcessor.class.getClassLoader());

	private static final String CACHE_MANAGER = "cacheManager";

	private final BeanFactory beans;

	AutoSyncPostProcessor(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof CacheAspectSupport aspect) {
			guard(aspect);
		}
		else if (REACTOR && bean instanceof BeanFactoryCacheOperationSourceAdvisor advisor
				&& advisor.getAdvice() instanceof CacheInterceptor caching
				&& caching.getCacheOperationSource() instanceof AutoSyncOperationSource operations) {
			advisor.setAdvice(new AutoSyncInterceptor(caching, operations));
		}
		return bean;
	}

	private void guard(CacheAspectSupport aspect) {
		CacheOperationSource written = aspect.getCacheOperationSource();
		if (written != null) {
			aspect.setCacheOperationSource(
					new AutoSyncOperationSource(written, (operation) -> isOfOurCache(operation, aspect)));
		}
	}

	/**
	 * Whether an operation is on a cache of this starter, looked up as the aspect does.
	 */
	private boolean isOfOurCache(CacheOperation operation, CacheAspectSupport aspect) {
		if (StringUtils.hasText(operation.getCacheResolver())) {
			return false;
		}
		CacheManager ours = this.beans.getBean(CACHE_MANAGER, CacheManager.class);
		if (StringUtils.hasText(operation.getCacheManager())) {
			return this.beans.getBean(operation.getCacheManager(), CacheManager.class) == ours;
		}
		CacheResolver resolver = aspect.getCacheResolver();
		if (resolver == null) {
			return this.beans.getBeanProvider(CacheManager.class).getIfUnique() == ours;
		}
		return resolver.getClass() == SimpleCacheResolver.class
				&& ((AbstractCacheResolver) resolver).getCacheManager() == ours;
	}

}
