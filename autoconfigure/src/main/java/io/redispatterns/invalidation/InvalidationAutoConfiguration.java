package io.redispatterns.invalidation;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.near.InvalidationBus;
import io.redispatterns.invalidation.link.LinkAutoConfiguration;
import io.redispatterns.invalidation.link.ServerLink;
import io.redispatterns.invalidation.message.Rounds;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the messages by which nodes tell each other what they write.
 */
@AutoConfiguration(before = CachingAutoConfiguration.class,
		after = { RedisPatternsAutoConfiguration.class, LinkAutoConfiguration.class })
@ConditionalOnBean({ ServerLink.class, RedisExecutor.class, KeySpace.class, NodeId.class })
@ConditionalOnBooleanProperty(name = "redis.invalidation.enabled", matchIfMissing = true)
@EnableConfigurationProperties(InvalidationProperties.class)
public final class InvalidationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Rounds redisInvalidationRounds() {
		return new Rounds(1);
	}

	@Bean
	@ConditionalOnMissingBean
	Sender redisInvalidationSender(RedisExecutor redis, KeySpace keySpace, NodeId id) {
		return new Sender(redis, keySpace, id);
	}

	@Bean
	@ConditionalOnMissingBean
	Listening redisInvalidationListening(RedisExecutor redis, Sender sender, Rounds rounds, ServerLink link,
			InvalidationProperties properties) {
		return new Listening(redis, sender, rounds,
				new Listening.Settings(properties.maxSilence(), link, System::nanoTime));
	}

	@Bean
	@ConditionalOnMissingBean(InvalidationBus.class)
	RedisInvalidationBus redisInvalidationBus(RedisExecutor redis, KeySpace keySpace, Rounds rounds, Sender sender,
			Listening listening) {
		return new RedisInvalidationBus(redis, keySpace, rounds, sender, listening);
	}

	@Bean
	SmartInitializingSingleton redisInvalidationListeners(InvalidationProperties properties, Listening listening,
			ObjectProvider<CacheInvalidationListener> listeners, ApplicationEventPublisher events) {
		return () -> {
			List<CacheInvalidationListener> all = new ArrayList<>(listeners.orderedStream().toList());
			if (properties.events()) {
				all.add(events::publishEvent);
			}
			if (!all.isEmpty()) {
				listening.listen(new ListenerCalls(all, listening.statistics()));
			}
		};
	}

	/**
	 * Meters of the messages.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		InvalidationMetrics redisInvalidationMetrics(Listening listening) {
			return new InvalidationMetrics(listening);
		}

	}

}
