package io.redispatterns.stampede.sync;

import io.redispatterns.cache.CachingAutoConfiguration;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration that has {@code @Cacheable} methods guarded without being told.
 */
@AutoConfiguration(after = CachingAutoConfiguration.class)
@ConditionalOnBean(CachingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "redis.stampede.enabled", matchIfMissing = true)
public final class AutoSyncAutoConfiguration {

	private AutoSyncAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnBooleanProperty(name = "redis.stampede.auto-sync", matchIfMissing = true)
	static AutoSyncPostProcessor autoSyncPostProcessor(BeanFactory beans) {
		return new AutoSyncPostProcessor(beans);
	}

}
