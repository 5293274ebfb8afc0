package io.redispatterns.cache;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.ObservationRegistry;
import io.redispatterns.cache.RedisCacheAsideFactory.Surroundings;
import io.redispatterns.cache.RedisCacheAsideManager.CreationListener;
import io.redispatterns.cache.flight.Background;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.near.InvalidationBus;
import io.redispatterns.cache.node.CacheNodes;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.cache.settings.CacheCodecs;
import io.redispatterns.cache.settings.CacheValueTypes;
import io.redispatterns.cache.settings.CachingProperties;
import io.redispatterns.cache.transaction.CacheAdviceConfiguration;
import io.redispatterns.cache.value.ValueTypeSource;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryDependsOnPostProcessor;
import org.springframework.boot.thread.Threading;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for caches that many nodes share, instead of Spring Boot's own.
 */
@AutoConfiguration(before = CacheAutoConfiguration.class,
		after = { CacheNodesAutoConfiguration.class, CodecAutoConfiguration.class })
@ConditionalOnClass({ CacheManager.class, CacheAutoConfiguration.class })
@ConditionalOnBean({ RedisExecutor.class, JsonValueCodecs.class })
@ConditionalOnBooleanProperty(name = "redis.cache.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "spring.cache.type", havingValue = "redis", matchIfMissing = true)
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@EnableConfigurationProperties({ CachingProperties.class, CacheProperties.class })
@Import(CacheAdviceConfiguration.class)
public final class CachingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CacheManagerCustomizers cacheManagerCustomizers(ObjectProvider<CacheManagerCustomizer<?>> customizers) {
		return new CacheManagerCustomizers(customizers.orderedStream().toList());
	}

	@Bean
	CacheTrust redisCacheTrust(CacheNodes nodes) {
		return nodes::areHeard;
	}

	@Bean
	RedisCacheAsideFactory redisCacheAsideFactory(RedisExecutor redis, KeySpace keySpace, CachingProperties properties,
			CacheProperties springProperties, ConfigurableListableBeanFactory beans) {
		Supplier<CacheValueTypes> types = SingletonSupplier
			.of(() -> CacheValueTypes.of(beans, beans.getBeanProvider(CacheOperationSource.class).stream().toList(),
					beans.getBeanProvider(ValueTypeSource.class).stream().toList()));
		CacheCodecs codecs = new CacheCodecs(beans.getBean(JsonValueCodecs.class),
				beans.getBeansOfType(ValueCodec.class), types);
		ObservationRegistry observations = beans.getBeanProvider(ObservationRegistry.class)
			.getIfAvailable(() -> ObservationRegistry.NOOP);
		Surroundings surroundings = new Surroundings(springProperties.getRedis().isCacheNullValues(),
				RedisCacheAsideFactory.reports(beans), beans.getBean(CacheNodes.class),
				(cache) -> new LoadObservations(observations, cache),
				beans.getBeanProvider(StampedeGuard.class).getIfAvailable(() -> StampedeGuard.LOCAL),
				new Background(executor(beans.getBean(Environment.class))),
				() -> ThreadLocalRandom.current().nextLong(),
				beans.getBeanProvider(InvalidationBus.class).getIfAvailable(() -> InvalidationBus.NONE));
		return new RedisCacheAsideFactory(redis, keySpace,
				properties.withDefaultTimeToLive(springProperties.getRedis().getTimeToLive()), codecs, surroundings);
	}

	/**
	 * Threads that are made when there is a load for them; caches limit their number.
	 */
	private static SimpleAsyncTaskExecutor executor(Environment environment) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("redis-cache-load-");
		executor.setVirtualThreads(Threading.VIRTUAL.isActive(environment));
		executor.setDaemon(true);
		return executor;
	}

	@Bean
	RedisCacheAsideManager cacheManager(RedisCacheAsideFactory factory, CacheProperties springProperties,
			ObjectProvider<CreationListener> listeners, CacheManagerCustomizers customizers) {
		Supplier<Set<String>> names = () -> {
			Set<String> known = new LinkedHashSet<>(factory.cacheNames());
			known.addAll(springProperties.getCacheNames());
			return known;
		};
		CreationListener listener = (cache) -> listeners.orderedStream().forEach((each) -> each.created(cache));
		return customizers.customize(new RedisCacheAsideManager(factory, names, listener, factory::settings));
	}

	/**
	 * Turns the annotations on where the application has not.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(CacheAspectSupport.class)
	@EnableCaching
	static class AnnotationsConfiguration {

	}

	/**
	 * Meters of every cache, also of those that are made at run time.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ CacheMeterBinderProvider.class, io.micrometer.core.instrument.MeterRegistry.class })
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean(CacheMetrics.Provider.class)
		CacheMetrics.Provider redisCacheAsideMeterBinderProvider() {
			return new CacheMetrics.Provider();
		}

		@Bean
		CreationListener redisCacheMetricsListener(ObjectProvider<CacheMetricsRegistrar> registrar) {
			Tag manager = Tag.of("cache.manager", "cacheManager");
			return (cache) -> registrar.ifAvailable((available) -> available.bindCacheToRegistry(cache, manager));
		}

	}

	/**
	 * Persistence units wait for the caches, as they do for those of Spring Boot.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EntityManagerFactoryDependsOnPostProcessor.class)
	@Import(CachesBeforePersistenceUnits.class)
	static class PersistenceConfiguration {

	}

	/**
	 * Makes the factories of JPA depend on the cache manager.
	 */
	static class CachesBeforePersistenceUnits extends EntityManagerFactoryDependsOnPostProcessor {

		CachesBeforePersistenceUnits() {
			super("cacheManager");
		}

	}

}
