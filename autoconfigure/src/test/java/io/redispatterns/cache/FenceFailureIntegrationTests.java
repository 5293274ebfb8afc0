package io.redispatterns.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.fence.FenceFailureException;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Fences and releases that Redis does not take.
 */
class FenceFailureIntegrationTests {

	private static final List<String> PROPERTIES = List.of("redis.resilience.command-timeout=200ms",
			"redis.cache.defaults.outage-time-to-live=0", "redis.cache.caches.strict.on-fence-failure=fail");

	private final AtomicReference<String> database = new AtomicReference<>("old");

	private final TransactionTemplate transaction = new TransactionTemplate(
			new Transactions(() -> this.database.set("new")));

	private static CacheNode start(StandaloneRedis redis) {
		return CacheNode.start(redis.springProperties(), PROPERTIES);
	}

	private String read(CacheNode node, String cache) {
		return node.cache(cache).get(1, this.database::get);
	}

	private void fill(CacheNode node, CacheNode other, String cache) {
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			read(node, cache);
			return other.cache(cache).get(1) != null;
		});
	}

	@Test
	void failsTheTransactionWhereThatIsTheChoice(@Redis StandaloneRedis redis) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(node, other, "strict");
			redis.server().freeze();
			assertThatExceptionOfType(FenceFailureException.class)
				.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
					node.cache("strict").put(1, "new");
					node.cache("lenient").put(1, "new");
				}))
				.withMessageContaining("strict")
				.withMessageContaining("rolled back")
				.withCauseInstanceOf(RedisFailureException.class)
				.satisfies((ex) -> assertThat(ex.cache()).isEqualTo("strict"));
			assertThat(this.database).as("not committed").hasValue("old");
			redis.server().thaw();
			for (CacheNode any : List.of(node, other)) {
				await().atMost(Duration.ofSeconds(20)).until(() -> {
					assertThat(read(any, "strict")).isEqualTo("old");
					return any.cache("strict").get(1) != null;
				});
			}
		}
	}

	@Test
	void goesOnWithoutAFenceAndTrustsNoEntryUntilItIsEvicted(@Redis StandaloneRedis redis) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(node, other, "lenient");
			RedisCacheAside cache = (RedisCacheAside) node.cache("lenient");
			redis.server().freeze();
			this.transaction.executeWithoutResult((status) -> cache.put(1, "new"));
			assertThat(this.database).hasValue("new");
			assertThat(cache.redelivery().journal().size()).isEqualTo(1);
			assertThat(cache.statistics().of(Event.FAILED_WRITE)).isPositive();
			assertThat(read(node, "lenient")).isEqualTo("new");
			redis.server().thaw();
			await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1)).until(() -> {
				assertThat(read(node, "lenient")).isEqualTo("new");
				return cache.redelivery().journal().size() == 0;
			});
			for (CacheNode any : List.of(node, other)) {
				await().atMost(Duration.ofSeconds(20)).until(() -> {
					assertThat(read(any, "lenient")).isEqualTo("new");
					return any.cache("lenient").get(1) != null;
				});
			}
		}
	}

	@Test
	void aReleaseThatIsLostIsCoveredByTheFence(@Redis StandaloneRedis redis) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(node, other, "lenient");
			RedisCacheAside cache = (RedisCacheAside) node.cache("lenient");
			new TransactionTemplate(new Transactions(() -> {
				this.database.set("new");
				redis.server().freeze();
			})).executeWithoutResult((status) -> cache.put(1, "new"));
			assertThat(cache.redelivery().journal().size()).isEqualTo(1);
			redis.server().thaw();
			for (CacheNode any : List.of(node, other)) {
				await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1)).until(() -> {
					assertThat(read(any, "lenient")).isEqualTo("new");
					return any.cache("lenient").get(1) != null;
				});
			}
		}
	}

	@Test
	void leavesNothingOldOnAFullServer(@Redis StandaloneRedis redis) {
		try (CacheNode node = start(redis); CacheNode other = start(redis)) {
			fill(node, other, "lenient");
			redis.command("CONFIG", "SET", "maxmemory", "1");
			this.transaction.executeWithoutResult((status) -> node.cache("lenient").put(1, "new"));
			assertThat(read(other, "lenient")).isEqualTo("new");
			redis.command("CONFIG", "SET", "maxmemory", "0");
			await().atMost(Duration.ofSeconds(20)).until(() -> {
				assertThat(read(other, "lenient")).isEqualTo("new");
				return node.cache("lenient").get(1) != null;
			});
		}
	}

}
