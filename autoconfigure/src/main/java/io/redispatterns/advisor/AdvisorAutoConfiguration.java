package io.redispatterns.advisor;

import io.redispatterns.cache.CacheInspector;
import io.redispatterns.cache.CachingAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the actuator endpoint.
 */
@AutoConfiguration(after = CachingAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(CacheInspector.class)
@ConditionalOnBooleanProperty(name = "redis.advisor.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(endpoint = PatternsEndpoint.class)
@EnableConfigurationProperties(AdvisorProperties.class)
public final class AdvisorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PatternsEndpoint redisPatternsEndpoint(CacheInspector inspector, CacheManager caches,
			AdvisorProperties properties) {
		return new PatternsEndpoint(inspector, caches, properties.hotKeys());
	}

}
