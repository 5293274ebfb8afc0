package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads of many keys inside transactions, and without Redis.
 */
class BulkTransactionIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());

	private final RedisCacheAside cache = (RedisCacheAside) node.cache("many");

	private final String key = UUID.randomUUID().toString();

	private final List<List<String>> asked = new ArrayList<>();

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis, List.of("redis.cache.nodes.silent-after=0"));
		node.awaitConnection();
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void storesItsLoadWithTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.getAll(keys(1, 2), this::load)).hasSize(2).containsValue("loaded");
			assertThat(seenElsewhere()).isEmpty();
		});
		// The commit does not wait for what was only loaded
		Awaitility.await().untilAsserted(() -> assertThat(seenElsewhere().keySet()).isEqualTo(Set.copyOf(keys(1, 2))));
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cache.getAll(keys(3), this::load)).hasSize(1);
			status.setRollbackOnly();
		});
		assertThat(seenElsewhere()).doesNotContainKey(this.key + 3);
	}

	@Test
	void seesWhatItHasMadeItself() {
		this.cache.putAll(Map.of(this.key + 1, "old", this.key + 2, "old", this.key + 3, "old"));
		this.transaction.executeWithoutResult((status) -> {
			this.cache.put(this.key + 1, "own");
			this.cache.evict(this.key + 2);
			assertThat(this.cache.getAll(keys(1, 2, 3), this::load))
				.isEqualTo(Map.of(this.key + 1, "own", this.key + 2, "loaded", this.key + 3, "old"));
			assertThat(this.cache
				.<String, String>retrieveAll(keys(1, 2, 3),
						(missing) -> CompletableFuture.completedFuture(load(missing)))
				.join()).containsEntry(this.key + 1, "own").containsEntry(this.key + 2, "loaded");
			assertThat(this.asked).containsExactly(keys(2), keys(2));
		});
		assertThat(seenElsewhere()).isEqualTo(Map.of(this.key + 1, "own", this.key + 3, "old"));
	}

	@Test
	void storesNothingFromASnapshot() {
		this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.transaction
			.executeWithoutResult((status) -> assertThat(this.cache.getAll(keys(1, 2), this::load)).hasSize(2));
		assertThat(seenElsewhere()).isEmpty();
		assertThat(this.asked).containsExactly(keys(1, 2));
	}

	@Test
	void loadsOnceForAMomentWithoutRedis(@Redis StandaloneRedis own) {
		try (CacheNode alone = CacheNode.start(own.springProperties(),
				List.of("redis.cache.nodes.silent-after=0", "redis.cache.caches.many.outage-time-to-live=30s"))) {
			alone.awaitConnection();
			BulkCache cache = (BulkCache) alone.cache("many");
			own.server().kill();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> cache.getAll(List.of(UUID.randomUUID().toString()), this::load).size() == 1);
			this.asked.clear();
			assertThat(cache.getAll(keys(1, 2), this::load)).hasSize(2);
			assertThat(cache.getAll(keys(2, 3), this::load)).hasSize(2);
			assertThat(this.asked).containsExactly(keys(1, 2), keys(3));
		}
	}

	private Map<Object, Object> seenElsewhere() {
		return CompletableFuture.supplyAsync(() -> this.cache.getAll(keys(1, 2, 3))).join();
	}

	private Map<String, String> load(List<String> keys) {
		this.asked.add(keys);
		return keys.stream().collect(Collectors.toMap((key) -> key, (key) -> "loaded"));
	}

	private List<String> keys(Integer... numbers) {
		return List.of(numbers).stream().map((number) -> this.key + number).toList();
	}

}
