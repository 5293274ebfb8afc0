package io.redispatterns.write;

import java.lang.reflect.Method;
import java.util.function.IntSupplier;

import org.aopalliance.aop.Advice;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Advice around methods annotated with {@link WriteThrough}.
 */
final class WriteAdvisor extends StaticMethodMatcherPointcutAdvisor {

	static final String NAME = "io.redispatterns.write.advisor";

	private final transient WriteOperations operations;

	private final transient IntSupplier order;

	WriteAdvisor(WriteOperations operations, Advice advice) {
		this(operations, advice, () -> LOWEST_PRECEDENCE);
	}

	WriteAdvisor(WriteOperations operations, Advice advice, IntSupplier order) {
		super(advice);
		this.operations = operations;
		this.order = order;
		setClassFilter((type) -> AnnotationUtils.isCandidateClass(type, WriteThrough.class));
	}

	@Override
	public int getOrder() {
		return this.order.getAsInt();
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return !this.operations.of(method, targetClass).isEmpty();
	}

	/**
	 * Moves the advice behind all other advice of the same order, that of transactions
	 * among it: the transaction of a method is then still there to hold on to.
	 */
	static final class Order implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
			if (registry.containsBeanDefinition(NAME)) {
				BeanDefinition definition = registry.getBeanDefinition(NAME);
				registry.removeBeanDefinition(NAME);
				registry.registerBeanDefinition(NAME, definition);
			}
		}

	}

}
