package io.redispatterns.stampede.sync;

import java.util.Collection;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.cache.interceptor.SimpleCacheResolver;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoSyncAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AutoSyncAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AutoSyncNode.AUTO_CONFIGURATIONS))
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1");

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			assertThat(isSync(context, "find")).isTrue();
			assertThat(isSync(context, "ofOurManager")).isTrue();
		});
	}

	@Test
	void appliesWhereTheUserHasEnabledCaching() {
		this.runner.withUserConfiguration(Enabled.class).run((context) -> assertThat(isSync(context, "find")).isTrue());
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.stampede.auto-sync=false")
			.run((context) -> assertThat(isSync(context, "find")).isFalse());
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.stampede.enabled=false")
			.run((context) -> assertThat(isSync(context, "find")).isFalse());
	}

	@Test
	void backsOffWithoutOurCaches() {
		this.runner.withPropertyValues("redis.cache.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AutoSyncPostProcessor.class));
	}

	@Test
	void backsOffWhenUserDefinesCacheManager() {
		this.runner.withUserConfiguration(Enabled.class)
			.withBean("mine", CacheManager.class, NoOpCacheManager::new)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(AutoSyncPostProcessor.class);
				assertThat(isSync(context, "find")).isFalse();
			});
	}

	@Test
	void leavesAloneWhatNamesAnotherManagerOrAResolver() {
		this.runner.withUserConfiguration(SecondManager.class).run((context) -> {
			assertThat(isSync(context, "find")).isTrue();
			assertThat(isSync(context, "ofAnotherManager")).isFalse();
			assertThat(isSync(context, "resolved")).isFalse();
		});
	}

	@Test
	void leavesAloneWhatAConfigurerResolves() {
		this.runner.withUserConfiguration(OtherManager.class)
			.run((context) -> assertThat(isSync(context, "find")).isFalse());
		this.runner.withUserConfiguration(OwnResolver.class)
			.run((context) -> assertThat(isSync(context, "find")).isFalse());
	}

	@Test
	void makesNoBeanTooEarly(CapturedOutput output) {
		this.runner.withUserConfiguration(Enabled.class)
			.run((context) -> assertThat(output).doesNotContain("is not eligible for getting processed"));
	}

	private static boolean isSync(AssertableApplicationContext context, String method) {
		Collection<CacheOperation> operations = Objects
			.requireNonNull(context.getBean(CacheAspectSupport.class).getCacheOperationSource())
			.getCacheOperations(Objects.requireNonNull(ReflectionUtils.findMethod(Finder.class, method, int.class)),
					Finder.class);
		assertThat(operations).hasSize(1);
		return ((CacheableOperation) operations.iterator().next()).isSync();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Enabled {

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondManager {

		@Bean(defaultCandidate = false)
		CacheManager other() {
			return new ConcurrentMapCacheManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherManager implements CachingConfigurer {

		@Override
		public CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResolver implements CachingConfigurer {

		private final ObjectProvider<CacheManager> manager;

		OwnResolver(ObjectProvider<CacheManager> manager) {
			this.manager = manager;
		}

		@Override
		public CacheResolver cacheResolver() {
			return new SimpleCacheResolver(this.manager.getObject()) {
			};
		}

	}

	static class Finder {

		@Cacheable("tracks")
		String find(int id) {
			return "track " + id;
		}

		@Cacheable(cacheNames = "tracks", cacheManager = "cacheManager")
		String ofOurManager(int id) {
			return "track " + id;
		}

		@Cacheable(cacheNames = "tracks", cacheManager = "other")
		String ofAnotherManager(int id) {
			return "track " + id;
		}

		@Cacheable(cacheNames = "tracks", cacheResolver = "resolver")
		String resolved(int id) {
			return "track " + id;
		}

	}

}
