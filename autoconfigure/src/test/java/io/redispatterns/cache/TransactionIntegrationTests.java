package io.redispatterns.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes and loads inside transactions.
 */
class TransactionIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static CacheNode other;

	private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());

	private final RedisCacheAside cache = (RedisCacheAside) node.cache("tagged");

	private final RedisCacheAside seen = (RedisCacheAside) other.cache("tagged");

	@BeforeAll
	static void start() {
		List<String> properties = List.of("redis.cache.nodes.silent-after=0", "redis.cache.caches.tagged.tags=#this",
				"redis.cache.caches.direct.transaction=none");
		node = CacheNode.start(redis, properties);
		other = CacheNode.start(redis, properties);
		node.awaitConnection();
		other.awaitConnection();
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	@BeforeEach
	void put() {
		this.cache.clear();
		this.cache.put("old", "red");
	}

	@Test
	void writesWaitForTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			this.cache.put("new", "blue");
			this.cache.putAll(Map.of("one", "green", "two", "green"));
			this.cache.evict("old");
			assertThat(this.seen.get("new")).isNull();
			assertThat(this.seen.get("one")).isNull();
			assertThat(this.seen.get("old")).isNotNull();
		});
		assertThat(this.seen.getAll(List.of("new", "one", "two", "old"))).containsOnlyKeys("new", "one", "two");
	}

	@Test
	void clearAndEvictionByTagWaitForTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			this.cache.evictTag("red");
			assertThat(this.seen.get("old")).isNotNull();
		});
		assertThat(this.seen.get("old")).isNull();
		this.cache.put("old", "red");
		this.transaction.executeWithoutResult((status) -> {
			this.cache.clear();
			this.cache.put("after", "blue");
			assertThat(this.seen.get("old")).isNotNull();
		});
		assertThat(this.seen.getAll(List.of("old", "after"))).containsOnlyKeys("after");
	}

	@Test
	void writesVanishWithARollback() {
		this.transaction.executeWithoutResult((status) -> {
			this.cache.put("new", "blue");
			this.cache.putAll(Map.of("one", "green"));
			this.cache.evict("old");
			this.cache.evictTag("red");
			this.cache.clear();
			status.setRollbackOnly();
		});
		assertThat(this.seen.getAll(List.of("new", "one", "old"))).containsOnlyKeys("old");
	}

	@Test
	void writesVanishWithARollbackToASavepoint() {
		this.transaction.executeWithoutResult((status) -> {
			this.cache.put("before", "blue");
			Object savepoint = status.createSavepoint();
			this.cache.put("within", "blue");
			this.cache.evict("old");
			status.rollbackToSavepoint(savepoint);
			this.cache.put("after", "blue");
		});
		assertThat(this.seen.getAll(List.of("before", "within", "after", "old"))).containsOnlyKeys("before", "after",
				"old");
	}

	@Test
	void immediateWritesDoNotWait() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.putIfAbsent("new", "blue")).isNull();
			assertThat(this.seen.get("new")).isNotNull();
			assertThat(this.cache.evictIfPresent("new")).isTrue();
			assertThat(this.seen.get("new")).isNull();
			this.cache.invalidate();
			assertThat(this.seen.get("old")).isNull();
			status.setRollbackOnly();
		});
	}

	@Test
	void loadsAreNotShownBeforeTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.get("loaded", () -> "uncommitted")).isEqualTo("uncommitted");
			assertThat(this.seen.get("loaded")).isNull();
			assertThat(CompletableFuture.supplyAsync(() -> this.cache.get("loaded", () -> "committed")).join())
				.isEqualTo("committed");
			status.setRollbackOnly();
		});
		// Who has waited long to read does not wait until it is stored
		await().untilAsserted(() -> assertThat(this.seen.get("loaded", String.class)).isEqualTo("committed"));
		this.cache.evict("loaded");
		this.transaction.executeWithoutResult((status) -> this.cache.get("loaded", () -> "mine"));
		await().untilAsserted(() -> assertThat(this.seen.get("loaded", String.class)).isEqualTo("mine"));
	}

	@Test
	void loadsAreNotStoredAfterAnEvictionThatCameBetween() {
		this.transaction.executeWithoutResult((status) -> {
			this.cache.get("loaded", () -> "before the change of another");
			CompletableFuture.runAsync(() -> this.cache.evict("loaded")).join();
		});
		assertThat(this.seen.get("loaded")).isNull();
	}

	@Test
	void doesNotLoseAWriteThatIsMadeWhileOthersAreToldOfTheCommit() {
		this.transaction.executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						TransactionIntegrationTests.this.cache.put("late", "blue");
					}

					@Override
					public void afterCompletion(int status) {
						TransactionIntegrationTests.this.cache.evict("old");
					}

				}));
		assertThat(this.seen.getAll(List.of("late", "old"))).containsOnlyKeys("late");
	}

	@Test
	void writesOfAReadOnlyTransactionDoNotWait() {
		this.transaction.setReadOnly(true);
		this.transaction.executeWithoutResult((status) -> {
			this.cache.put("new", "blue");
			assertThat(this.seen.get("new")).isNotNull();
		});
	}

	@Test
	void nothingWaitsWhereTransactionsAreIgnored() {
		this.transaction.executeWithoutResult((status) -> {
			node.cache("direct").put("new", "blue");
			assertThat(other.cache("direct").get("new")).isNotNull();
			node.cache("direct").get("loaded", () -> "loaded");
			assertThat(other.cache("direct").get("loaded")).isNotNull();
			status.setRollbackOnly();
		});
	}

}
