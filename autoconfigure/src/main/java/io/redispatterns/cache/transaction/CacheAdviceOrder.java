package io.redispatterns.cache.transaction;

import java.util.List;

import io.redispatterns.cache.call.CachedCallConfiguration;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.cache.config.CacheManagementConfigUtils;

/**
 * Moves the advice of caches behind all other advice of the same order, that of
 * transactions among it: an eviction after a method then runs while the transaction of
 * the method is still there to hold on to. Advice of the same order is applied in the
 * order of its definitions. Orders are not changed, so what an application sets is kept.
 */
final class CacheAdviceOrder implements BeanDefinitionRegistryPostProcessor {

	static final String BEFORE = "io.redispatterns.cache.transaction.advisorBeforeCaches";

	static final String BEHIND = "io.redispatterns.cache.transaction.advisorBehindCaches";

	private static final List<String> LAST = List.of(BEFORE, CachedCallConfiguration.BEFORE,
			CacheManagementConfigUtils.CACHE_ADVISOR_BEAN_NAME, CachedCallConfiguration.BEHIND, BEHIND,
			CacheAdviceConfiguration.MANY);

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : LAST) {
			if (registry.containsBeanDefinition(name)) {
				BeanDefinition definition = registry.getBeanDefinition(name);
				registry.removeBeanDefinition(name);
				registry.registerBeanDefinition(name, definition);
			}
		}
	}

}
