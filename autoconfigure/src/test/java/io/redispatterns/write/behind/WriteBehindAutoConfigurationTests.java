package io.redispatterns.write.behind;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.write.behind.WriteBehindProperties.Overflow;
import io.redispatterns.write.behind.WriteBehindProperties.Queue;
import io.redispatterns.write.behind.queue.DeadLetterEndpoint;
import io.redispatterns.write.behind.queue.DeadLetters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class WriteBehindAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("redis.namespace=test")
		.withConfiguration(AutoConfigurations.of(ShopNode.AUTO_CONFIGURATIONS));

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WriteBehindAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Queues.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.write.enabled=false").withBean(PriceShop.class).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(Queues.class);
			assertThat(context.getBean(PriceShop.class).set(new Price("a", 1))).isNotNull();
		});
	}

	@Test
	void backsOffWithoutMetrics() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Queues.class)
				.doesNotHaveBean("redisWriteBehindMetrics"));
	}

	@Test
	void offersTheEndpointWhereItIsExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(DeadLetterEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=deadletters")
			.withBean(PriceShop.class)
			.run((context) -> assertThat(context.getBean(DeadLetters.class).queues()).containsExactly("prices"))
			.run((context) -> assertThat(context).hasSingleBean(DeadLetterEndpoint.class));
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> assertThat(context.getBean(WriteBehindProperties.class).queue("any"))
			.isEqualTo(new Queue(500, Duration.ofSeconds(1), true, 100_000, Overflow.REJECT, Duration.ofSeconds(5), 5,
					Duration.ofSeconds(10))));
		this.runner.withPropertyValues("redis.write.behind.prices.batch-size=500")
			.run((context) -> assertThat(context.getBean(WriteBehindProperties.class).behind())
				.isEqualTo(Map.of("prices", context.getBean(WriteBehindProperties.class).queue("any"))));
	}

	@Test
	void bindsProperties() {
		String prefix = "redis.write.behind.prices.";
		this.runner
			.withPropertyValues(prefix + "batch-size=1", prefix + "interval=2s", prefix + "coalesce=false",
					prefix + "capacity=3", prefix + "overflow=sync", prefix + "wait=4s", prefix + "max-attempts=5",
					prefix + "lease=6s")
			.run((context) -> assertThat(context.getBean(WriteBehindProperties.class).queue("prices"))
				.isEqualTo(new Queue(1, Duration.ofSeconds(2), false, 3, Overflow.SYNC, Duration.ofSeconds(4), 5,
						Duration.ofSeconds(6))));
	}

	@ParameterizedTest
	@CsvSource({ "batch-size, 0, be at least 1", "capacity, -1, be at least 1", "max-attempts, 0, be at least 1",
			"interval, 0, be greater than zero", "wait, -1s, be greater than zero", "lease, 499ms, be at least 500ms" })
	void failsWithSettingWhenInvalid(String property, String value, String reason) {
		this.runner.withPropertyValues("redis.write.behind.prices." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("'behind.prices.%s' must %s", property, reason));
	}

	@Test
	void startsNothingWithoutAnAnnotatedMethod() {
		this.runner.run((context) -> {
			assertThat(context.getBean(Queues.class).flushers()).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("redis-write-behind"));
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { TwoFlushes.class, OtherType.class, Later.class, NoRows.class, NoDeletions.class,
			TwoCaches.class })
	void failsWithMethodWhenInvalid(Class<?> wrong) {
		String message = switch (wrong.getSimpleName()) {
			case "TwoFlushes" -> "Queue 'prices' is flushed by both";
			case "OtherType" -> "Queue 'prices' has rows of type 'java.lang.String' and of type";
			case "Later" -> "must return the row or a collection of rows";
			case "NoRows" -> "must have one parameter, which is a 'WriteBatch'";
			case "NoDeletions" -> "does not take: let it take a 'WriteBatch'";
			default -> "a cache has one queue, and a queue one cache";
		};
		this.runner.withBean(wrong).run((context) -> assertThat(context).getFailure().hasMessageContaining(message));
	}

	static class TwoFlushes {

		@WriteBehindFlush(queue = "prices")
		void one(List<Price> prices) {
		}

		@WriteBehindFlush(queue = "prices")
		void other(WriteBatch<Price> prices) {
		}

	}

	static class OtherType {

		@WriteBehind(queue = "prices", key = "#name")
		String accept(String name) {
			return name;
		}

		@WriteBehindFlush(queue = "prices")
		void flush(List<Price> prices) {
		}

	}

	static class Later {

		@WriteBehind(queue = "prices", key = "#name")
		CompletableFuture<String> accept(String name) {
			return CompletableFuture.completedFuture(name);
		}

	}

	static class NoRows {

		@WriteBehindFlush(queue = "prices")
		void flush(Price price) {
		}

	}

	static class NoDeletions {

		@WriteBehind(queue = "prices", key = "#id", delete = true)
		void remove(String id) {
		}

		@WriteBehindFlush(queue = "prices")
		void flush(List<Price> prices) {
		}

	}

	static class TwoCaches {

		@WriteBehind(queue = "prices", cache = "one", key = "#name")
		String accept(String name) {
			return name;
		}

		@WriteBehind(queue = "prices", cache = "other", key = "#name")
		String acceptToo(String name) {
			return name;
		}

	}

}
