package io.redispatterns.cache;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a transaction reads of what it has written, and what becomes of what it loads.
 */
class OwnReadsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static CacheNode other;

	private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());

	private final RedisCacheAside cache = (RedisCacheAside) node.cache("own");

	private final RedisCacheAside seen = (RedisCacheAside) other.cache("own");

	private final String key = UUID.randomUUID().toString();

	private final AtomicInteger loads = new AtomicInteger();

	@BeforeAll
	static void start() {
		List<String> properties = List.of("redis.cache.nodes.silent-after=0",
				"redis.cache.caches.later.transaction=after-commit", "redis.cache.caches.tagged.tags=#this");
		node = CacheNode.start(redis, properties);
		other = CacheNode.start(redis, properties);
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	private void evictByAnother() {
		CompletableFuture
			.runAsync(() -> HeldTransaction.of(() -> this.seen.evict(this.key)).beforeCommit().afterCommit())
			.join();
	}

	private String load() {
		return "load " + this.loads.incrementAndGet();
	}

	@ParameterizedTest
	@ValueSource(strings = { "own", "later" })
	void readsWhatItHasPut(String name) {
		RedisCacheAside any = (RedisCacheAside) node.cache(name);
		any.put(this.key, "old");
		this.transaction.executeWithoutResult((status) -> {
			any.put(this.key, "new");
			assertThat(any.get(this.key, String.class)).isEqualTo("new");
			assertThat(any.get(this.key, this::load)).isEqualTo("new");
			assertThat(any.getAll(List.of(this.key, "x"))).isEqualTo(Map.of(this.key, "new"));
			assertThat(((ValueWrapper) any.retrieve(this.key).join()).get()).isEqualTo("new");
			assertThat(any.retrieve(this.key, () -> CompletableFuture.completedFuture(load())).join()).isEqualTo("new");
			assertThat(CompletableFuture.supplyAsync(() -> any.get(this.key, String.class)).join()).isEqualTo("old");
			any.put(this.key, null);
			assertThat(any.get(this.key)).isNotNull().extracting(ValueWrapper::get).isNull();
		});
		assertThat(this.loads).hasValue(0);
	}

	@Test
	void sharesNoObjectWithWhoHasPutIt() {
		this.transaction.executeWithoutResult((status) -> {
			List<String> value = List.of("a");
			node.cache("lists").put(this.key, value);
			Object found = node.cache("lists").get(this.key, Object.class);
			assertThat(found).isEqualTo(value).isNotSameAs(value);
			assertThat(node.cache("lists").get(this.key, Object.class)).isNotSameAs(found);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "evict", "clear", "tag" })
	void missesWhatItHasEvicted(String way) {
		RedisCacheAside any = (RedisCacheAside) node.cache("tagged");
		any.put(this.key, "old");
		this.transaction.executeWithoutResult((status) -> {
			any.put(this.key + "x", "old");
			switch (way) {
				case "evict" -> any.evict(this.key);
				case "clear" -> any.clear();
				default -> any.evictTag("old");
			}
			assertThat(any.get(this.key)).isNull();
			assertThat(any.getAll(List.of(this.key))).isEmpty();
			assertThat(any.retrieve(this.key).join()).isNull();
			assertThat(any.get(this.key, this::load)).isEqualTo("load 1");
			assertThat(any.get(this.key, this::load)).isEqualTo("load 2");
			assertThat(any.retrieve(this.key, () -> CompletableFuture.completedFuture(load())).join())
				.isEqualTo("load 3");
			assertThat(other.cache("tagged").get(this.key, String.class)).isEqualTo("old");
			if (!way.equals("evict")) {
				assertThat(any.get(this.key + "x")).as("put before").isNull();
			}
			any.put(this.key + "y", "later");
			assertThat(any.get(this.key + "y")).as("put after").isNotNull();
		});
		assertThat(other.cache("tagged").get(this.key)).as("stored by nobody").isNull();
		assertThat(other.cache("tagged").get(this.key + "y", String.class)).isEqualTo("later");
		assertThat(other.cache("tagged").get(this.key + "x") != null).isEqualTo(way.equals("evict"));
	}

	@Test
	void doesNotStoreWhatItPutsForWhatItHasEvicted() {
		this.transaction.executeWithoutResult((status) -> {
			this.cache.evict(this.key);
			assertThat(this.cache.get(this.key)).isNull();
			this.cache.put(this.key, "loaded");
		});
		assertThat(this.seen.get(this.key)).isNull();
	}

	@Test
	void storesAPutThatFollowsAMissUnlessAnotherHasWritten() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.get(this.key)).isNull();
			this.cache.put(this.key, "loaded");
			assertThat(this.seen.get(this.key)).isNull();
		});
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("loaded");
		this.cache.evict(this.key);
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.get(this.key)).isNull();
			CompletableFuture.runAsync(() -> this.seen.evict(this.key)).join();
			this.cache.put(this.key, "loaded before");
		});
		assertThat(this.seen.get(this.key)).isNull();
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.get(this.key)).isNull();
			evictByAnother();
			this.cache.put(this.key, "loaded before");
		});
		assertThat(this.seen.get(this.key)).isNull();
	}

	@Test
	void storesALoadUnlessAnotherHasWritten() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.get(this.key, this::load)).isEqualTo("load 1");
			evictByAnother();
		});
		assertThat(this.seen.get(this.key)).isNull();
		this.transaction.executeWithoutResult((status) -> this.cache.get(this.key, this::load));
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("load 2");
	}

	@ParameterizedTest
	@ValueSource(ints = { TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE,
			TransactionDefinition.ISOLATION_READ_UNCOMMITTED })
	void storesNothingOfASnapshot(int isolation) {
		this.transaction.setIsolationLevel(isolation);
		for (boolean readOnly : new boolean[] { false, true }) {
			this.transaction.setReadOnly(readOnly);
			this.transaction.executeWithoutResult((status) -> {
				this.cache.get(this.key, this::load);
				assertThat(this.cache.get(this.key + "x")).isNull();
				this.cache.put(this.key + "x", load());
			});
			assertThat(this.seen.getAll(List.of(this.key, this.key + "x"))).isEmpty();
		}
		this.transaction.setReadOnly(false);
		this.transaction.executeWithoutResult((status) -> this.cache.put(this.key, "written"));
		this.transaction
			.executeWithoutResult((status) -> assertThat(this.cache.get(this.key, this::load)).isEqualTo("written"));
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("written");
	}

	@Test
	void storesWhatIsReadCommitted() {
		this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.transaction.executeWithoutResult((status) -> this.cache.get(this.key, this::load));
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("load 1");
	}

	@Test
	void forgetsItsReadsWithASavepoint() {
		this.cache.put(this.key, "old");
		this.transaction.executeWithoutResult((status) -> {
			Object savepoint = status.createSavepoint();
			this.cache.put(this.key, "new");
			status.rollbackToSavepoint(savepoint);
			assertThat(this.cache.get(this.key, String.class)).isEqualTo("old");
			this.cache.put(this.key + "x", "first");
			Object second = status.createSavepoint();
			this.cache.put(this.key + "x", "second");
			status.rollbackToSavepoint(second);
			assertThat(this.cache.get(this.key + "x", String.class)).isEqualTo("first");
		});
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("old");
		assertThat(this.seen.get(this.key + "x", String.class)).isEqualTo("first");
	}

}
