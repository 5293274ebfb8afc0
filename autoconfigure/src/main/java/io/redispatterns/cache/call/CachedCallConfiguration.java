package io.redispatterns.cache.call;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * The advice around that of caches, in the places that {@code CacheAdviceOrder} gives it.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class CachedCallConfiguration {

	/**
	 * Name of the advice before that of caches.
	 */
	public static final String BEFORE = "io.redispatterns.cache.call.advisorBeforeCaches";

	/**
	 * Name of the advice behind that of caches.
	 */
	public static final String BEHIND = "io.redispatterns.cache.call.advisorBehindCaches";

	@Bean(BEFORE)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CachedCallAdvisor callAdvisorBeforeCaches() {
		return new CachedCallAdvisor(new CachedCallInterceptor(true), true);
	}

	@Bean(BEHIND)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CachedCallAdvisor callAdvisorBehindCaches() {
		return new CachedCallAdvisor(new CachedCallInterceptor(false), true);
	}

}
