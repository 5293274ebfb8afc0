package io.redispatterns.cache.many;

import java.util.function.Supplier;

import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.lease.HeldRows;
import io.redispatterns.cache.transaction.CacheAdviceConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.cache.interceptor.SimpleKeyGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for methods that are annotated with {@link CacheableMany}.
 */
@AutoConfiguration(after = CachingAutoConfiguration.class)
@ConditionalOnBean(CachingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "redis.cache.enabled", matchIfMissing = true)
public final class CacheableManyAutoConfiguration {

	private CacheableManyAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ManyMethods redisCacheableManyMethods() {
		return new ManyMethods();
	}

	@Bean(CacheAdviceConfiguration.MANY)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ManyAdvisor redisCacheableManyAdvisor(ManyMethods methods, ListableBeanFactory beans) {
		Supplier<CacheManager> caches = SingletonSupplier.of(() -> beans.getBean("cacheManager", CacheManager.class));
		Supplier<KeyGenerator> generator = SingletonSupplier.of(() -> beans.getBeanProvider(CacheAspectSupport.class)
			.stream()
			.map(CacheAspectSupport::getKeyGenerator)
			.findFirst()
			.orElseGet(SimpleKeyGenerator::new));
		Supplier<@Nullable HeldRows> rows = SingletonSupplier
			.ofNullable(() -> beans.getBeanProvider(HeldRows.class).getIfAvailable());
		return new ManyAdvisor(methods, new ManyInterceptor(methods, caches, generator, rows));
	}

}
