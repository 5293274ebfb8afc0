package io.redispatterns.write;

import java.util.function.Supplier;

import io.redispatterns.cache.CachingAutoConfiguration;
import org.reactivestreams.Publisher;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.cache.interceptor.SimpleKeyGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.config.TransactionManagementConfigUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for methods that write through to the caches of this starter.
 */
@AutoConfiguration(after = CachingAutoConfiguration.class)
@ConditionalOnBean(CachingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "redis.write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WriteProperties.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class WriteAutoConfiguration {

	private static final String CACHE_MANAGER = "cacheManager";

	private WriteAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static WriteAdvisor.Order redisWriteAdviceOrder() {
		return new WriteAdvisor.Order();
	}

	/**
	 * Asks for nothing before the first call: advice is made when the first bean is.
	 */
	@Bean(WriteAdvisor.NAME)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static WriteAdvisor redisWriteAdvisor(BeanFactory beans) {
		WriteOperations operations = new WriteOperations();
		return new WriteAdvisor(operations,
				new WriteInterceptor(operations, SingletonSupplier.of(() -> writer(beans))));
	}

	private static CacheWriter writer(BeanFactory beans) {
		KeyGenerator keys = beans.getBeanProvider(CacheAspectSupport.class)
			.stream()
			.map(CacheAspectSupport::getKeyGenerator)
			.findFirst()
			.orElseGet(SimpleKeyGenerator::new);
		return new CacheWriter(beans.getBean(CACHE_MANAGER, CacheManager.class), keys,
				beans.getBean(WriteProperties.class).mode());
	}

	/**
	 * Advice before that of transactions, for methods that return a publisher.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ReactiveTransactionManager.class, Publisher.class, reactor.core.publisher.Flux.class })
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static class ReactiveConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static WriteAdvisor redisWriteCallAdvisor(ListableBeanFactory beans) {
			Supplier<Boolean> transactions = SingletonSupplier
				.of(() -> beans.getBeanNamesForType(ReactiveTransactionManager.class, true, false).length > 0);
			return new WriteAdvisor(new WriteOperations(), new PublishedWrites.Calls(transactions::get),
					() -> orderOfTransactions(beans) - 1);
		}

		private static int orderOfTransactions(ListableBeanFactory beans) {
			String name = TransactionManagementConfigUtils.TRANSACTION_ADVISOR_BEAN_NAME;
			return (beans.containsBean(name) && beans.getBean(name) instanceof Ordered advisor) ? advisor.getOrder()
					: Ordered.LOWEST_PRECEDENCE;
		}

	}

}
