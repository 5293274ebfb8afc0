package io.redispatterns.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.redispatterns.Patience;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Caching and transactions by annotations on one method, as Spring Boot sets them up over
 * a real database.
 */
class AdviceOrderIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ApplicationContextRunner runner(Class<?>... configurations) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CacheNode.AUTO_CONFIGURATIONS))
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
					TransactionManagerCustomizationAutoConfiguration.class, TransactionAutoConfiguration.class))
			.withUserConfiguration(configurations)
			.withBean(Accounts.class)
			.withPropertyValues("redis.namespace=order", "spring.datasource.generate-unique-name=true")
			.withPropertyValues(Patience.SETTINGS.toArray(String[]::new))
			.withPropertyValues(
					redis.springProperties().entrySet().stream().map(Object::toString).toArray(String[]::new));
	}

	@ParameterizedTest
	@ValueSource(classes = { Defaults.class, Caching.class, ProxyTargetClass.class })
	void evictsByAnnotationWithinTheTransactionOfTheMethod(Class<?> configuration) {
		runner(configuration).run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			fill(context);
			accounts.change(1, 20);
			assertThat(Accounts.seen).as("before the commit").containsExactly("fenced");
			assertThat(accounts.balance(1)).isEqualTo(20);
			Accounts.seen.clear();
			assertThat(accounts.store(1, 30)).isEqualTo(30);
			assertThat(Accounts.seen).containsExactly("fenced");
			assertThat(context.getBean(CacheManager.class).getCache("balances").get(1, Integer.class)).isEqualTo(30);
		});
	}

	@Test
	void leavesNoTraceOfAMethodWhoseTransactionIsRolledBack() {
		runner(Defaults.class).run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			fill(context);
			assertThatIllegalStateException().isThrownBy(() -> accounts.failAtCommit(1, 20));
			assertThat(accounts.balance(1)).isEqualTo(10);
			assertThat(context.getBean(CacheManager.class).getCache("balances").get(1, Integer.class)).isEqualTo(10);
		});
	}

	@Test
	void keepsAnOrderThatTheApplicationSets() {
		runner(Before.class).run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			fill(context);
			accounts.change(1, 20);
			assertThat(Accounts.seen).as("evicted after the commit").containsExactly("10");
			assertThat(accounts.balance(1)).isEqualTo(20);
		});
	}

	private static void fill(ApplicationContext context) {
		Accounts.seen.clear();
		JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
		jdbc.execute("create table account (id int primary key, balance int)");
		jdbc.update("insert into account values (1, 10)");
		context.getBean(CacheManager.class).getCache("balances").clear();
		assertThat(context.getBean(Accounts.class).balance(1)).isEqualTo(10);
		assertThat(context.getBean(CacheManager.class).getCache("balances").get(1)).isNotNull();
	}

	@Configuration(proxyBeanMethods = false)
	static class Defaults {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(proxyTargetClass = true)
	static class ProxyTargetClass {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(order = 0)
	static class Before {

	}

	/**
	 * Accounts of a bank.
	 */
	static class Accounts {

		private static final List<String> seen = new ArrayList<>();

		private final JdbcTemplate jdbc;

		private final CacheManager caches;

		Accounts(JdbcTemplate jdbc, CacheManager caches) {
			this.jdbc = jdbc;
			this.caches = caches;
		}

		@Cacheable("balances")
		public Integer balance(int id) {
			return this.jdbc.queryForObject("select balance from account where id = ?", Integer.class, id);
		}

		@Transactional
		@CacheEvict(cacheNames = "balances", key = "#id")
		public void change(int id, int balance) {
			this.jdbc.update("update account set balance = ? where id = ?", balance, id);
			look(id);
		}

		@Transactional
		@CachePut(cacheNames = "balances", key = "#id")
		public Integer store(int id, int balance) {
			this.jdbc.update("update account set balance = ? where id = ?", balance, id);
			look(id);
			return balance;
		}

		@Transactional
		@CachePut(cacheNames = "balances", key = "#id")
		public Integer failAtCommit(int id, int balance) {
			this.jdbc.update("update account set balance = ? where id = ?", balance, id);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					throw new IllegalStateException("expected");
				}

			});
			return balance;
		}

		/**
		 * See from another thread what is cached just before the commit.
		 */
		private void look(int id) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCompletion() {
					Object found = CompletableFuture
						.supplyAsync(() -> Stream.ofNullable(Accounts.this.caches.getCache("balances").get(id))
							.map((wrapper) -> String.valueOf(wrapper.get()))
							.findAny()
							.orElse("fenced"))
						.join();
					seen.add(found.toString());
				}

			});
		}

	}

}
