package io.redispatterns.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.redispatterns.Patience;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.transaction.support.TransactionSynchronization;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transactions that write one key at a time: where their values have versions the newest
 * remains, in whatever order they reach Redis.
 */
class VersionedFenceIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class Standalone extends Fences {

		@Override
		RedisTopology redis() {
			return standalone;
		}

	}

	@Nested
	class Cluster extends Fences {

		@Override
		RedisTopology redis() {
			return cluster;
		}

	}

	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	abstract static class Fences {

		private final List<CacheNode> nodes = new ArrayList<>();

		private String key = "";

		abstract RedisTopology redis();

		@BeforeAll
		void start() {
			for (int i = 0; i < 2; i++) {
				this.nodes.add(CacheNode.start(redis(),
						Patience
							.and("redis.cache.caches.versioned.version=#this",
									"redis.cache.caches.versioned.type=java.lang.Long")
							.toList()));
			}
			this.nodes.forEach(CacheNode::awaitConnection);
		}

		@AfterAll
		void stop() {
			this.nodes.forEach(CacheNode::close);
		}

		private RedisCacheAside cache(long node) {
			return (RedisCacheAside) this.nodes.get((int) (node % 2)).cache("versioned");
		}

		private HeldTransaction fenced(long version) {
			return HeldTransaction.of(() -> cache(version).put(this.key, version)).beforeCommit();
		}

		private Long stored() {
			return cache(0).get(this.key, Long.class);
		}

		@ParameterizedTest
		@ValueSource(booleans = { false, true })
		void theNewerOfTwoRemains(boolean reordered) {
			this.key = UUID.randomUUID().toString();
			HeldTransaction older = fenced(1);
			HeldTransaction newer = fenced(2);
			(reordered ? newer : older).afterCommit();
			assertThat(stored()).as("while another is about to commit").isNull();
			(reordered ? older : newer).afterCommit();
			assertThat(stored()).isEqualTo(2);
		}

		@ParameterizedTest
		@ValueSource(booleans = { false, true })
		void oneThatWasFoundOutdatedByItsCommitLeavesTheOther(boolean last) {
			this.key = UUID.randomUUID().toString();
			HeldTransaction good = fenced(2);
			HeldTransaction outdated = fenced(2);
			if (last) {
				good.afterCommit();
			}
			outdated.end(TransactionSynchronization.STATUS_ROLLED_BACK);
			if (!last) {
				good.afterCommit();
			}
			assertThat(stored()).isEqualTo(2);
		}

		@Test
		void nothingRemainsBesideAWriteWithoutAVersion() {
			this.key = UUID.randomUUID().toString();
			HeldTransaction older = fenced(1);
			HeldTransaction newer = fenced(2);
			HeldTransaction evicted = HeldTransaction.of(() -> cache(1).evict(this.key)).beforeCommit();
			List.of(newer, evicted, older).forEach(HeldTransaction::afterCommit);
			assertThat(stored()).isNull();
			HeldTransaction first = fenced(3);
			HeldTransaction second = fenced(4);
			second.afterCommit();
			cache(0).evict(this.key);
			first.afterCommit();
			assertThat(stored()).isNull();
		}

		@Test
		void aTransactionOfWhichNobodyKnowsHowItEndedKeepsWhatOthersHaveCommittedFromBeingServed() {
			this.key = UUID.randomUUID().toString();
			HeldTransaction known = fenced(1);
			fenced(2).end(TransactionSynchronization.STATUS_UNKNOWN);
			known.afterCommit();
			assertThat(stored()).isNull();
			assertThat(cache(0).get(this.key, () -> 2L)).isEqualTo(2);
			assertThat(stored()).as("beside the fence").isNull();
		}

		/**
		 * Nothing tells these from two writers of one row. What each gives has not seen
		 * the other's part.
		 */
		@ParameterizedTest
		@ValueSource(booleans = { false, true })
		void ofWritersOfTwoPartsOfWhatHasNoVersionNeitherRemains(boolean reordered) {
			String key = UUID.randomUUID().toString();
			RedisCacheAside cache = (RedisCacheAside) this.nodes.get(0).cache("parts");
			HeldTransaction one = HeldTransaction.of(() -> cache.put(key, "new, old")).beforeCommit();
			HeldTransaction other = HeldTransaction.of(() -> cache.put(key, "old, new")).beforeCommit();
			(reordered ? other : one).afterCommit();
			(reordered ? one : other).afterCommit();
			assertThat(cache.get(key)).isNull();
			assertThat(cache.get(key, () -> "new, new")).isEqualTo("new, new");
			assertThat(cache.get(key)).isNotNull();
		}

		/**
		 * Each begins when the one before it has committed, as the lock of their row
		 * makes them, and reaches Redis when it likes.
		 */
		@Test
		void theNewestOfManyRemains() {
			long seed = System.nanoTime();
			Random random = new Random(seed);
			for (int round = 0; round < 50; round++) {
				this.key = UUID.randomUUID().toString();
				long row = 0;
				List<HeldTransaction> committed = new ArrayList<>();
				for (int step = 0; step < 12; step++) {
					switch (random.nextInt(3)) {
						case 0 -> committed.add(fenced(++row));
						case 1 -> release(committed, random);
						default -> {
							long now = row;
							assertThat(cache(step).get(this.key, () -> now)).as("seed %d, round %d", seed, round)
								.isEqualTo(now);
						}
					}
				}
				committed.add(fenced(++row));
				while (!committed.isEmpty()) {
					release(committed, random);
				}
				assertThat(stored()).as("seed %d, round %d", seed, round).isEqualTo(row);
			}
		}

		private static void release(List<HeldTransaction> committed, Random random) {
			if (!committed.isEmpty()) {
				committed.remove(random.nextInt(committed.size())).afterCommit();
			}
		}

	}

}
