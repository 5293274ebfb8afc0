package io.redispatterns.cache.transaction;

import java.util.function.Supplier;

import io.redispatterns.cache.call.CachedCallAdvisor;
import io.redispatterns.cache.call.CachedCallConfiguration;
import org.reactivestreams.Publisher;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * How the advice of caches stands to that of transactions. Imported where the caches of
 * this starter are.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(TransactionManager.class)
@Import(CachedCallConfiguration.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class CacheAdviceConfiguration {

	/**
	 * Name of the advisor of methods that take many keys.
	 */
	public static final String MANY = "io.redispatterns.cache.transaction.advisorOfManyKeys";

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CacheAdviceOrder redisCacheAdviceOrder() {
		return new CacheAdviceOrder();
	}

	/**
	 * Advice for methods that return a publisher.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ReactiveTransactionManager.class, Publisher.class, reactor.core.publisher.Flux.class })
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static class ReactiveConfiguration {

		@Bean(CacheAdviceOrder.BEFORE)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static CachedCallAdvisor reactiveAdvisorBeforeCaches(ListableBeanFactory beans) {
			return advisor(true, beans);
		}

		@Bean(CacheAdviceOrder.BEHIND)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static CachedCallAdvisor reactiveAdvisorBehindCaches(ListableBeanFactory beans) {
			return advisor(false, beans);
		}

		private static CachedCallAdvisor advisor(boolean before, ListableBeanFactory beans) {
			Supplier<Boolean> transactions = SingletonSupplier
				.of(() -> beans.getBeanNamesForType(ReactiveTransactionManager.class, true, false).length > 0);
			return new CachedCallAdvisor(new ReactiveCacheInterceptor(before, transactions::get), false);
		}

	}

}
