package io.redispatterns.write;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WriteAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WriteAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WriteNode.AUTO_CONFIGURATIONS))
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1");

	private static boolean isAdvised(ApplicationContext context) {
		return AopUtils.isAopProxy(context.getBean(Writer.class));
	}

	@Test
	void appliesDefaults() {
		this.runner.withBean(Writer.class).run((context) -> {
			assertThat(context.getBean(WriteProperties.class)).isEqualTo(new WriteProperties(true, WriteMode.SYNC));
			assertThat(isAdvised(context)).isTrue();
		});
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.write.mode=async")
			.run((context) -> assertThat(context.getBean(WriteProperties.class).mode()).isEqualTo(WriteMode.ASYNC));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.write.enabled=false").withBean(Writer.class).run((context) -> {
			assertThat(context).doesNotHaveBean(WriteAdvisor.class);
			assertThat(isAdvised(context)).isFalse();
		});
	}

	@Test
	void backsOffWithoutOurCaches() {
		this.runner.withPropertyValues("redis.cache.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WriteAdvisor.class));
	}

	@Test
	void backsOffWhenUserDefinesCacheManager() {
		this.runner.withBean("mine", CacheManager.class, NoOpCacheManager::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WriteAdvisor.class));
	}

	@Test
	void leavesAloneWhatIsNotAnnotated() {
		this.runner.withBean("plain", List.class, () -> List.of("any"))
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean("plain"))).isFalse());
	}

	@Test
	void makesNoBeanTooEarly(CapturedOutput output) {
		this.runner.withBean(Writer.class)
			.run((context) -> assertThat(output).doesNotContain("is not eligible for getting processed"));
	}

	@Test
	void failsWithAWayOutWhenInvalid() {
		this.runner.withBean(BadKey.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidWriteThroughException.Analyzer().analyze(context.getStartupFailure());
			assertThat(context.getStartupFailure()).isInstanceOf(BeanCreationException.class);
			assertThat(analysis.getDescription())
				.startsWith("@WriteThrough on '" + BadKey.class.getName() + ".write' has the key '#id +', which is no");
			assertThat(analysis.getAction()).isEqualTo("Write an expression such as \"#result.id()\" or \"#id\".");
		});
	}

	static class Writer {

		@WriteThrough(cache = "tracks", key = "#id")
		public String write(int id) {
			return "track " + id;
		}

	}

	static class BadKey {

		@WriteThrough(cache = "tracks", key = "#id +")
		public String write(int id) {
			return "track " + id;
		}

	}

}
