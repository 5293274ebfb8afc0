package io.redispatterns.sample.node;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The configuration of what the nodes do by the clock.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
final class NodeConfiguration {

}
