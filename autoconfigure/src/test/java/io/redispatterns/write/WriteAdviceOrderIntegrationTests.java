package io.redispatterns.write;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The advice of writes stands behind that of transactions, wherever the annotations are.
 */
class WriteAdviceOrderIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	@ParameterizedTest
	@ValueSource(classes = { OnMethods.class, OnTheClass.class, OnAnInterface.class, OrderOfTheApplication.class })
	void writesWithinTheTransactionOfTheMethod(Class<?> configuration) {
		boolean proxy = configuration == OnAnInterface.class;
		try (WriteNode node = WriteNode.start(redis, UUID.randomUUID().toString(), List
			.of("spring.aop.proxy-target-class=" + !proxy, "redis.cache.caches.rows.type=io.redispatterns.write.Row"),
				configuration)) {
			Row.create(node.jdbc(), 1);
			node.cache("rows").put(1, new Row(1, 0));
			Warehouse warehouse = node.get(Warehouse.class);
			assertThat(AopUtils.isJdkDynamicProxy(warehouse)).isEqualTo(proxy);
			List<String> advisors = Arrays.stream(((Advised) warehouse).getAdvisors())
				.map((advisor) -> advisor.getClass().getSimpleName())
				.toList();
			assertThat(advisors).last().isEqualTo("WriteAdvisor");
			assertThat(advisors).anyMatch((name) -> name.contains("TransactionAttributeSourceAdvisor"));
			assertThat(warehouse.set(1, 7)).isEqualTo(new Row(1, 7));
			assertThat(Watch.seen).as("before the commit").isEqualTo("fenced");
			assertThat(node.cache("rows").get(1, Row.class)).isEqualTo(new Row(1, 7));
		}
	}

	interface Warehouse {

		Row set(int id, int amount);

	}

	interface AnnotatedWarehouse extends Warehouse {

		@Override
		@Transactional
		@WriteThrough(cache = "rows", key = "#result.id()")
		Row set(int id, int amount);

	}

	/**
	 * Sees what is cached just before the commit.
	 */
	private static final class Watch implements TransactionSynchronization {

		private static String seen = "";

		private final int id;

		private Watch(int id) {
			this.id = id;
		}

		static void over(int id) {
			seen = "";
			TransactionSynchronizationManager.registerSynchronization(new Watch(id));
		}

		@Override
		public void beforeCompletion() {
			Object entry = redis.command("EXISTS", "write:rows:{i" + this.id + "}");
			Object fence = redis.command("EXISTS", "write:rows:{i" + this.id + "}:f");
			seen = (entry.equals(0L) && fence.equals(1L)) ? "fenced" : "entry " + entry + ", fence " + fence;
		}

	}

	private abstract static class Rows {

		private final JdbcTemplate jdbc;

		Rows(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		Row change(int id, int amount) {
			Watch.over(id);
			return Row.set(this.jdbc, id, amount);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnMethods {

		@Bean
		Warehouse warehouse(JdbcTemplate jdbc) {
			return new Annotated(jdbc);
		}

		static class Annotated extends Rows implements Warehouse {

			Annotated(JdbcTemplate jdbc) {
				super(jdbc);
			}

			@Override
			@WriteThrough(cache = "rows", key = "#result.id()")
			@CacheEvict(cacheNames = "others", key = "#id")
			@Transactional
			public Row set(int id, int amount) {
				return change(id, amount);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnTheClass {

		@Bean
		Warehouse warehouse(JdbcTemplate jdbc) {
			return new Annotated(jdbc);
		}

		@Transactional
		static class Annotated extends Rows implements Warehouse {

			Annotated(JdbcTemplate jdbc) {
				super(jdbc);
			}

			@Override
			@WriteThrough(cache = "rows", key = "#id")
			public Row set(int id, int amount) {
				return change(id, amount);
			}

			@Cacheable("rows")
			public Row find(int id) {
				return null;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnAnInterface {

		@Bean
		AnnotatedWarehouse warehouse(JdbcTemplate jdbc) {
			return new Plain(jdbc);
		}

		static class Plain extends Rows implements AnnotatedWarehouse {

			Plain(JdbcTemplate jdbc) {
				super(jdbc);
			}

			@Override
			public Row set(int id, int amount) {
				return change(id, amount);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 0, proxyTargetClass = true)
	static class OrderOfTheApplication extends OnMethods {

	}

}
