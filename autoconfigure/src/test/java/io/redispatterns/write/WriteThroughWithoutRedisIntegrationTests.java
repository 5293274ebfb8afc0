package io.redispatterns.write;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.redispatterns.Patience;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes while Redis is away: before the method, or between its write and its end. The
 * row is written, and the old value is served by the node that wrote it never, and by
 * others no longer than until the write is made good.
 */
class WriteThroughWithoutRedisIntegrationTests {

	private static final String DATABASE = UUID.randomUUID().toString();

	private static final List<String> PROPERTIES = List.of(Patience.without("redis.resilience.command-timeout=300ms",
			"redis.cache.defaults.outage-time-to-live=0", "redis.cache.caches.versioned.version=amount"));

	@ParameterizedTest
	@CsvSource({ "write, freeze, before", "write, freeze, between", "write, kill, before", "write, kill, between",
			"later, freeze, before", "later, kill, between", "atOnce, freeze, before", "atOnce, freeze, between",
			"atOnce, kill, before", "atOnce, kill, between", "version, freeze, between", "version, kill, between",
			"mono, freeze, between", "future, kill, between" })
	void neverServesTheOldRowAgain(String way, String fault, String when) {
		try (StandaloneRedis redis = StandaloneRedis.start("--appendonly", "yes", "--appendfsync", "always");
				WriteNode node = start(redis);
				WriteNode other = start(redis)) {
			String cache = way.equals("version") ? "versioned" : "rows";
			Row.create(node.jdbc(), 1);
			await().until(() -> {
				node.cache(cache).put(1, new Row(1, 0));
				return other.cache(cache).get(1) != null;
			});
			Runnable harm = fault.equals("freeze") ? redis.server()::freeze : redis.server()::kill;
			Runnable before = when.equals("before") ? harm : () -> {
			};
			Runnable between = when.equals("between") ? harm : () -> {
			};
			before.run();
			Shop shop = node.get(Shop.class);
			BiConsumer<Integer, Runnable> write = switch (way) {
				case "write" -> shop::write;
				case "later" -> shop::writeLater;
				case "version" -> shop::writeVersion;
				case "mono" -> (amount, then) -> shop.writeMono(amount, then).block();
				case "future" -> (amount, then) -> shop.writeFuture(amount, then).join();
				default -> shop::writeAtOnce;
			};
			write.accept(7, between);
			assertThat(Row.find(node.jdbc(), 1)).isEqualTo(new Row(1, 7));
			assertThat(node.cache(cache).get(1, Row.class)).isNull();
			if (fault.equals("freeze")) {
				redis.server().thaw();
			}
			else {
				redis.server().restart();
			}
			await().until(() -> {
				Row own = node.cache(cache).get(1, Row.class);
				assertThat(own).as("on the node that wrote").isNotEqualTo(new Row(1, 0));
				Row others = other.cache(cache).get(1, Row.class);
				return others == null || others.amount() == 7;
			});
			await().until(() -> {
				Row found = cache.equals("rows") ? shop.find(1) : shop.findVersion(1);
				assertThat(found).isEqualTo(new Row(1, 7));
				Row others = other.cache(cache).get(1, Row.class);
				assertThat(others).isNotEqualTo(new Row(1, 0));
				return others != null;
			});
		}
	}

	@Test
	void doesNotWaitForTheNewValueWhenToldNotTo() {
		try (StandaloneRedis redis = StandaloneRedis.start();
				WriteNode node = WriteNode.start(redis, DATABASE,
						List.of(Patience.without("redis.resilience.command-timeout=900ms", "redis.write.mode=async")),
						Shop.class)) {
			Row.create(node.jdbc(), 1);
			Shop shop = node.get(Shop.class);
			shop.write(7,
					() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

						@Override
						public void beforeCompletion() {
							redis.server().freeze();
						}

					}));
			redis.server().thaw();
			await().untilAsserted(() -> assertThat(node.cache("rows").get(1, Row.class))
				.as("what would be too late to be stored if it had been waited for")
				.isEqualTo(new Row(1, 7)));
		}
	}

	private static WriteNode start(StandaloneRedis redis) {
		return WriteNode.start(redis, DATABASE, PROPERTIES, Shop.class);
	}

	/**
	 * Methods that write a row, and let something happen before they end.
	 */
	static class Shop {

		private final JdbcTemplate jdbc;

		Shop(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Cacheable("rows")
		public Row find(int id) {
			return Row.find(this.jdbc, id);
		}

		@Cacheable("versioned")
		public Row findVersion(int id) {
			return Row.find(this.jdbc, id);
		}

		private Row change(int amount, Runnable between) {
			Row row = Row.set(this.jdbc, 1, amount);
			between.run();
			return row;
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#result.id")
		public Row write(int amount, Runnable between) {
			return change(amount, between);
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#result.id", mode = WriteMode.ASYNC)
		public Row writeLater(int amount, Runnable between) {
			return change(amount, between);
		}

		@WriteThrough(cache = "rows", key = "#result.id")
		public Row writeAtOnce(int amount, Runnable between) {
			return change(amount, between);
		}

		@WriteThrough(cache = "rows", key = "#result.id")
		public Mono<Row> writeMono(int amount, Runnable between) {
			return Mono.fromSupplier(() -> change(amount, between));
		}

		@WriteThrough(cache = "rows", key = "#result.id")
		public CompletableFuture<Row> writeFuture(int amount, Runnable between) {
			return CompletableFuture.supplyAsync(() -> change(amount, between));
		}

		@WriteThrough(cache = "versioned", key = "#result.id")
		public Row writeVersion(int amount, Runnable between) {
			return change(amount, between);
		}

	}

}
