package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.redispatterns.cache.settings.CachingProperties;
import io.redispatterns.cache.settings.CachingProperties.Settings;
import io.redispatterns.cache.settings.CachingProperties.Transaction;
import io.redispatterns.cache.settings.EffectiveSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.SimpleCacheResolver;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CachingAutoConfiguration}.
 */
class CachingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CacheNode.AUTO_CONFIGURATIONS))
		.withConfiguration(AutoConfigurations.of(CacheAutoConfiguration.class))
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1");

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			EffectiveSettings any = context.getBean(CachingProperties.class).effective("any");
			assertThat(any.timeToLive()).isEqualTo(Duration.ofMinutes(10));
			assertThat(any.jitter()).isEqualTo(0.1);
			assertThat(any.nullTimeToLive()).isEqualTo(Duration.ofMinutes(1));
			assertThat(any.codec()).isEqualTo("json");
			assertThat(any.types()).isEmpty();
			assertThat(any.compressAbove()).isEqualTo(DataSize.ofKilobytes(8));
			assertThat(any.maxValueSize()).isEqualTo(DataSize.ofMegabytes(1));
			assertThat(any.tags()).isEmpty();
			assertThat(any.transaction()).isEqualTo(Transaction.FENCE);
			assertThat(any.outageTimeToLive()).isEqualTo(Duration.ofSeconds(1));
			assertThat(any.loadConcurrency()).isEqualTo(64);
			assertThat(context).getBean(CacheManager.class).isInstanceOf(RedisCacheAsideManager.class);
		});
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.cache.defaults.time-to-live=5m", "redis.cache.defaults.jitter=0",
					"redis.cache.caches.tracks.time-to-live=1h", "redis.cache.caches.tracks.null-time-to-live=2s",
					"redis.cache.caches.tracks.type=java.lang.Integer", "redis.cache.caches.tracks.compress-above=1KB",
					"redis.cache.caches.tracks.max-value-size=2KB", "redis.cache.caches.tracks.tags='a','b'",
					"redis.cache.caches.tracks.transaction=none", "redis.cache.defaults.compress-above=0",
					"redis.cache.caches.tracks.outage-time-to-live=0", "redis.cache.defaults.load-concurrency=3",
					"redis.cache.defaults.version=updatedAt", "redis.cache.caches.tracks.version=revision")
			.withInitializer(property("redis.cache.caches[a:b {x}].time-to-live", "7s"))
			.run((context) -> {
				CachingProperties properties = context.getBean(CachingProperties.class);
				EffectiveSettings tracks = properties.effective("tracks");
				assertThat(tracks.timeToLive()).isEqualTo(Duration.ofHours(1));
				assertThat(tracks.jitter()).isZero();
				assertThat(tracks.nullTimeToLive()).isEqualTo(Duration.ofSeconds(2));
				assertThat(tracks.types()).containsExactly(Integer.class);
				assertThat(tracks.compressAbove()).isEqualTo(DataSize.ofKilobytes(1));
				assertThat(tracks.maxValueSize()).isEqualTo(DataSize.ofKilobytes(2));
				assertThat(tracks.tags()).containsExactly("'a'", "'b'");
				assertThat(tracks.transaction()).isEqualTo(Transaction.NONE);
				assertThat(tracks.outageTimeToLive()).isZero();
				assertThat(tracks.loadConcurrency()).isEqualTo(3);
				assertThat(tracks.version()).isEqualTo("revision");
				assertThat(properties.effective("other").version()).isEqualTo("updatedAt");
				assertThat(properties.effective("other").timeToLive()).isEqualTo(Duration.ofMinutes(5));
				assertThat(properties.effective("a:b {x}").timeToLive()).isEqualTo(Duration.ofSeconds(7));
				assertThat(context.getBean(CacheManager.class).getCacheNames()).containsExactlyInAnyOrder("tracks",
						"a:b {x}");
			});
	}

	@Test
	void namesTheKeyThatASettingComesFrom() {
		this.runner
			.withPropertyValues("redis.cache.defaults.codec=json", "redis.cache.caches.own.codec=json",
					"redis.cache.caches.plain.jitter=0")
			.withInitializer(property("redis.cache.caches[a:b].codec", "json"))
			.run((context) -> {
				CachingProperties properties = context.getBean(CachingProperties.class);
				assertThat(properties.origin("own", "codec", Settings::codec))
					.isEqualTo("redis.cache.caches.own.codec");
				assertThat(properties.origin("a:b", "codec", Settings::codec))
					.isEqualTo("redis.cache.caches[a:b].codec");
				assertThat(properties.origin("plain", "codec", Settings::codec))
					.isEqualTo("redis.cache.defaults.codec");
			});
	}

	@Test
	void backsOffWithoutRedis() {
		this.runner.withClassLoader(new FilteredClassLoader(RedisConnectionFactory.class, RedisOperations.class))
			.run(CachingAutoConfigurationTests::hasNoCaching);
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(CachingAutoConfiguration.class, CacheAutoConfiguration.class))
			.run(CachingAutoConfigurationTests::hasNoCaching);
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.cache.enabled=false").run(CachingAutoConfigurationTests::hasNoCaching);
	}

	@Test
	void backsOffWhenUserDefinesCacheManager() {
		this.runner.withBean("mine", CacheManager.class, NoOpCacheManager::new).run((context) -> {
			assertThat(context).getBean(CacheManager.class).isInstanceOf(NoOpCacheManager.class);
			assertThat(context).doesNotHaveBean(CacheAspectSupport.class);
		});
	}

	@Test
	void backsOffWhenUserDefinesCacheResolver() {
		this.runner
			.withBean("cacheResolver", CacheResolver.class, () -> new SimpleCacheResolver(new NoOpCacheManager()))
			.run(CachingAutoConfigurationTests::hasNoCaching);
	}

	@Test
	void backsOffWhenCacheTypeIsAnother() {
		this.runner.withUserConfiguration(Enabled.class)
			.withPropertyValues("spring.cache.type=simple")
			.run((context) -> assertThat(context).getBean(CacheManager.class)
				.isInstanceOf(ConcurrentMapCacheManager.class));
	}

	@Test
	void backsOffWhenCacheTypeIsNone() {
		this.runner.withPropertyValues("spring.cache.type=none").run(CachingAutoConfigurationTests::hasNoCaching);
		this.runner.withUserConfiguration(Enabled.class)
			.withPropertyValues("spring.cache.type=none")
			.run((context) -> assertThat(context).getBean(CacheManager.class).isInstanceOf(NoOpCacheManager.class));
	}

	@Test
	void isActiveWhenCacheTypeIsRedis() {
		this.runner.withPropertyValues("spring.cache.type=redis")
			.run((context) -> assertThat(context).getBean(CacheManager.class)
				.isInstanceOf(RedisCacheAsideManager.class));
	}

	@Test
	void keepsCustomizersOfTheCacheManager() {
		List<CacheManager> customized = new ArrayList<>();
		this.runner
			.withBean(CacheManagerCustomizer.class,
					() -> (CacheManagerCustomizer<RedisCacheAsideManager>) customized::add)
			.run((context) -> assertThat(customized).containsExactly(context.getBean(CacheManager.class)));
	}

	@Test
	void takesSettingsOfSpringAsDefaults() {
		this.runner
			.withPropertyValues("spring.cache.cache-names=one,two", "spring.cache.redis.time-to-live=3m",
					"spring.cache.redis.cache-null-values=false")
			.run((context) -> {
				CacheManager manager = context.getBean(CacheManager.class);
				assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("one", "two");
				assertThat(((RedisCacheAside) manager.getCache("one")).isAllowNullValues()).isFalse();
			});
	}

	@Test
	void enablesCachingWhenTheUserHasNot() {
		this.runner.withUserConfiguration(Tracks.class).run((context) -> {
			assertThat(context).hasSingleBean(CacheAspectSupport.class);
			assertThat(context.getBean(CacheManager.class).getCacheNames()).containsExactly("tracks");
		});
	}

	@Test
	void leavesCachingAloneWhenTheUserHasEnabledIt() {
		this.runner.withUserConfiguration(Enabled.class, Tracks.class).run((context) -> {
			assertThat(context).hasSingleBean(CacheAspectSupport.class);
			assertThat(context).doesNotHaveBean(CachingAutoConfiguration.AnnotationsConfiguration.class);
			assertThat(context).getBean(CacheManager.class).isInstanceOf(RedisCacheAsideManager.class);
		});
	}

	@Test
	void startsWithoutOptionalLibraries() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader("io.micrometer.core", "org.springframework.transaction", "reactor."))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(CacheManager.class).getCache("any")).isNotNull();
			});
	}

	// Boot's own way to write properties takes a colon in a name for its end
	private static ApplicationContextInitializer<ConfigurableApplicationContext> property(String name, String value) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("odd", Map.of(name, value)));
	}

	private static void hasNoCaching(AssertableApplicationContext it) {
		assertThat(it).hasNotFailed();
		assertThat(it).doesNotHaveBean(CacheManager.class);
		assertThat(it).doesNotHaveBean(CacheAspectSupport.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Enabled {

	}

	@Configuration(proxyBeanMethods = false)
	static class Tracks {

		@Bean
		Finder finder() {
			return new Finder();
		}

	}

	static class Finder {

		@Cacheable("tracks")
		String find(int id) {
			return "track " + id;
		}

	}

}
