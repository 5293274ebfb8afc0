package io.redispatterns.write.behind.read;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Moves the advice of loads behind that of caches, so that it comes only when they have
 * nothing. Advice of the same order is applied in the order of its definitions.
 */
public final class PendingReadsOrder implements BeanDefinitionRegistryPostProcessor {

	private final String advisor;

	/**
	 * Create the post-processor.
	 * @param advisor name of the bean to move
	 */
	public PendingReadsOrder(String advisor) {
		this.advisor = advisor;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (registry.containsBeanDefinition(this.advisor)) {
			BeanDefinition definition = registry.getBeanDefinition(this.advisor);
			registry.removeBeanDefinition(this.advisor);
			registry.registerBeanDefinition(this.advisor, definition);
		}
	}

}
