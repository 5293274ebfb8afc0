package io.redispatterns.write.behind;

import java.util.function.Supplier;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.write.behind.queue.DeadLetterEndpoint;
import io.redispatterns.write.behind.queue.DeadLetters;
import io.redispatterns.write.behind.read.CallExpression;
import io.redispatterns.write.behind.read.PendingReadsAdvisor;
import io.redispatterns.write.behind.read.PendingReadsInterceptor;
import io.redispatterns.write.behind.read.PendingReadsOrder;

import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for writes that go to the database behind their callers.
 */
@AutoConfiguration(after = { CachingAutoConfiguration.class, CodecAutoConfiguration.class })
@ConditionalOnBean({ RedisExecutor.class, KeySpace.class, NodeId.class, JsonValueCodecs.class })
@ConditionalOnBooleanProperty(name = "redis.write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WriteBehindProperties.class)
public final class WriteBehindAutoConfiguration {

	private static final String PENDING_READS = "io.redispatterns.write.behind.pendingReadsAdvisor";

	@Bean
	@ConditionalOnMissingBean
	Queues redisWriteBehindQueues(ConfigurableListableBeanFactory beans, WriteBehindProperties properties,
			RedisExecutor redis, KeySpace keySpace, NodeId node) {
		return new Queues(beans, properties, redis, keySpace, node.value());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultPointcutAdvisor redisWriteBehindAdvisor(ConfigurableListableBeanFactory beans) {
		// Kept: a call that comes when the application has stopped must not make it again
		Supplier<Queues> queues = SingletonSupplier.of(() -> beans.getBean(Queues.class));
		return new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, WriteBehind.class, true),
				new AcceptanceInterceptor(queues, new CallExpression(beans)));
	}

	/**
	 * Loads of caches whose rows may wait.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(CacheOperationSource.class)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static class PendingReadsConfiguration {

		@Bean(PENDING_READS)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static PendingReadsAdvisor pendingReadsAdvisor(ConfigurableListableBeanFactory beans) {
			// The bean may be in the making when other beans ask for their advice
			CacheOperationSource operations = new AnnotationCacheOperationSource(false);
			Supplier<WriteBehindMethods> methods = SingletonSupplier.of(() -> WriteBehindMethods.of(beans));
			return new PendingReadsAdvisor(operations, () -> methods.get().queues().keySet(),
					new PendingReadsInterceptor(operations, SingletonSupplier.of(() -> beans.getBean(Queues.class)),
							beans));
		}

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static PendingReadsOrder redisPendingReadsOrder() {
			return new PendingReadsOrder(PENDING_READS);
		}

	}

	/**
	 * Meters of the queues.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		WriteBehindMetrics redisWriteBehindMetrics(ObjectProvider<Queues> queues) {
			return new WriteBehindMetrics(queues.getObject());
		}

	}

	/**
	 * The endpoint of what was put aside.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	@ConditionalOnAvailableEndpoint(endpoint = DeadLetterEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		DeadLetterEndpoint redisDeadLetterEndpoint(DeadLetters letters) {
			return new DeadLetterEndpoint(letters);
		}

	}

	/**
	 * Health of the queues.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthIndicator.class)
	@ConditionalOnEnabledHealthIndicator("redis-write-behind")
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "redisWriteBehindHealthIndicator")
		WriteBehindHealthIndicator redisWriteBehindHealthIndicator(ObjectProvider<Queues> queues) {
			return new WriteBehindHealthIndicator(queues.getObject());
		}

	}

}
