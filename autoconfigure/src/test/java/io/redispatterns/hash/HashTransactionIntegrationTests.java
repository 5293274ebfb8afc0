package io.redispatterns.hash;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.redispatterns.cache.HeldTransaction;
import io.redispatterns.cache.Transactions;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Transactions on one node beside readers and writers on another: no old object is served
 * after a commit, and none that was not committed, whatever comes between.
 */
class HashTransactionIntegrationTests {

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

	/**
	 * A write, by what it makes of the database.
	 */
	enum Write {

		PUT((store, key, name) -> store.put(key, Track.SONG.withName(name))),

		SET((store, key, name) -> store.setField(key, "name", name)),

		DELETE((store, key, name) -> store.delete(key));

		private final Making making;

		Write(Making making) {
			this.making = making;
		}

		void make(HashStore<Track> store, Object key, String name) {
			this.making.make(store, key, name);
		}

		interface Making {

			void make(HashStore<Track> store, Object key, String name);

		}

	}

	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	abstract static class Fences {

		private HashNode node;

		private HashNode otherNode;

		private HashStore<Track> store;

		private HashStore<Track> other;

		private final AtomicReference<String> database = new AtomicReference<>("old");

		private final String key = "song";

		abstract RedisTopology redis();

		@BeforeAll
		void start() {
			this.node = HashNode.start(redis().springProperties()).awaitConnection();
			this.otherNode = HashNode.start(redis().springProperties()).awaitConnection();
		}

		@AfterAll
		void stop() {
			this.otherNode.close();
			this.node.close();
		}

		@BeforeEach
		void reset() {
			String name = UUID.randomUUID().toString();
			this.store = this.node.store(name, Track.class);
			this.other = this.otherNode.store(name, Track.class);
			this.database.set("old");
		}

		private String read(HashStore<Track> from, Object key) {
			return Objects.requireNonNull(from.get(key, () -> Track.SONG.withName(this.database.get()))).name();
		}

		private HeldTransaction write(HashStore<Track> to, Write write, String name) {
			return HeldTransaction.of(() -> write.make(to, this.key, name));
		}

		private Optional<String> stored() {
			return this.other.get(this.key).map(Track::name);
		}

		@ParameterizedTest
		@EnumSource
		void aWriteIsSeenWithTheCommit(Write write) {
			read(this.other, this.key);
			HeldTransaction writer = write(this.store, write, "new");
			assertThat(stored()).contains("old");
			writer.beforeCommit();
			assertThat(stored()).as("fenced").isEmpty();
			assertThat(read(this.other, this.key)).as("and not stored").isEqualTo("old");
			assertThat(stored()).isEmpty();
			this.database.set("new");
			writer.afterCommit();
			assertThat(stored()).isEqualTo((write == Write.DELETE) ? Optional.empty() : Optional.of("new"));
			assertThat(read(this.other, this.key)).isEqualTo("new");
			assertThat(stored()).as("no fence is left").contains("new");
		}

		@Test
		void fieldsAreWrittenToWhatWasThere() {
			this.store.put(this.key, Track.SONG);
			this.store.expire(this.key, Duration.ofHours(1));
			HeldTransaction.of(() -> {
				this.store.setField(this.key, "name", "first");
				this.store.setFields(this.key, Map.of("name", "new", "composer", "C"));
			}).beforeCommit().afterCommit();
			assertThat(this.other.get(this.key)).contains(new Track("new", Track.SONG.unitPrice(), Track.SONG.plays(),
					Track.SONG.stock(), Track.SONG.genres(), "C"));
			assertThat(this.other.timeToLive(this.key).orElseThrow()).isGreaterThan(Duration.ofMinutes(55));
		}

		@ParameterizedTest
		@EnumSource
		void aRollbackLeavesNoTrace(Write write) {
			read(this.other, this.key);
			write(this.store, write, "uncommitted").end(TransactionSynchronization.STATUS_ROLLED_BACK);
			assertThat(stored()).contains("old");
			write(this.store, write, "uncommitted").beforeCommit().end(TransactionSynchronization.STATUS_ROLLED_BACK);
			assertThat(stored()).isEqualTo((write == Write.SET) ? Optional.of("old") : Optional.empty());
			assertThat(read(this.other, this.key)).isEqualTo("old");
			assertThat(stored()).as("no fence is left").contains("old");
		}

		@ParameterizedTest
		@EnumSource
		void aCrashBeforeTheReleaseCostsMissesOnly(Write write) {
			read(this.other, this.key);
			write(this.store, write, "new").beforeCommit();
			assertThat(read(this.other, this.key)).as("loaded before the commit").isEqualTo("old");
			this.database.set("new");
			for (HashStore<Track> each : List.of(this.store, this.other, this.store)) {
				assertThat(read(each, this.key)).isEqualTo("new");
			}
			assertThat(stored()).as("while the fence is there").isEmpty();
		}

		@Test
		void nobodyReadsTheOldObjectAfterTheCommit() {
			for (Write write : Write.values()) {
				this.database.set("old");
				String key = write.name();
				read(this.store, key);
				AtomicBoolean stopped = new AtomicBoolean();
				List<CompletableFuture<Void>> readers = Stream.of(this.store, this.other)
					.map((any) -> reader(any, key, stopped))
					.toList();
				new TransactionTemplate(new Transactions(() -> {
					LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
					this.database.set("new");
				})).executeWithoutResult((status) -> write.make(this.store, key, "new"));
				for (int i = 0; i < 20; i++) {
					assertThat(read(this.store, key)).isEqualTo("new");
					assertThat(read(this.other, key)).isEqualTo("new");
				}
				stopped.set(true);
				readers.forEach(CompletableFuture::join);
				assertThat(read(this.other, key)).isEqualTo("new");
			}
		}

		private CompletableFuture<Void> reader(HashStore<Track> from, Object key, AtomicBoolean stopped) {
			return CompletableFuture.runAsync(() -> {
				while (!stopped.get()) {
					from.get(key, () -> {
						Track track = Track.SONG.withName(this.database.get());
						LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
						return track;
					});
				}
			}, (work) -> new Thread(work).start());
		}

		@Test
		void twoWritersNeverLeaveTheOlderObject() {
			for (Write one : Write.values()) {
				for (Write two : Write.values()) {
					for (int way = 0; way < 4; way++) {
						this.database.set("old");
						read(this.other, this.key);
						HeldTransaction first = write(this.store, one, "first");
						HeldTransaction second = write(this.other, two, "second");
						first.beforeCommit();
						if ((way & 1) != 0) {
							second.beforeCommit();
						}
						this.database.set("first");
						if ((way & 1) == 0) {
							second.beforeCommit();
						}
						this.database.set("second");
						(((way & 2) != 0) ? second : first).afterCommit();
						assertThat(read(this.store, this.key)).as("%s %s %d", one, two, way).isEqualTo("second");
						(((way & 2) != 0) ? first : second).afterCommit();
						assertThat(read(this.store, this.key)).as("%s %s %d", one, two, way).isEqualTo("second");
						assertThat(read(this.other, this.key)).as("%s %s %d", one, two, way).isEqualTo("second");
					}
				}
			}
		}

		@Test
		void manyWritersNeverLeaveAnOlderObject() {
			long seed = System.nanoTime();
			Random random = new Random(seed);
			for (int round = 0; round < 60; round++) {
				Object key = "round " + round;
				List<HeldTransaction> fenced = new ArrayList<>();
				Map<HeldTransaction, String> names = new HashMap<>();
				List<HeldTransaction> committed = new ArrayList<>();
				this.database.set("none");
				for (int step = 0; step < 20; step++) {
					HashStore<Track> any = random.nextBoolean() ? this.store : this.other;
					String name = "seed %d, round %d, step %d".formatted(seed, round, step);
					Write write = Write.values()[random.nextInt(3)];
					switch (random.nextInt(5)) {
						case 0 -> {
							HeldTransaction begun = HeldTransaction.of(() -> write.make(any, key, name));
							names.put(begun, name);
							fenced.add(begun.beforeCommit());
						}
						case 1 -> take(fenced, random).ifPresent((next) -> {
							this.database.set(names.get(next));
							committed.add(next);
						});
						case 2 -> take(committed, random).ifPresent(HeldTransaction::afterCommit);
						case 3 -> {
							this.database.set(name);
							write.make(any, key, name);
						}
						default -> read(any, key);
					}
					assertThat(read(this.store, key)).as(name).isEqualTo(this.database.get());
				}
				committed.forEach(HeldTransaction::afterCommit);
				fenced.forEach((left) -> left.end(TransactionSynchronization.STATUS_ROLLED_BACK));
				assertThat(read(this.other, key)).as("seed %d, round %d", seed, round).isEqualTo(this.database.get());
				assertThat(this.store.get(key)).as("no fence is left: seed %d, round %d", seed, round).isPresent();
			}
		}

		private static Optional<HeldTransaction> take(List<HeldTransaction> from, Random random) {
			return Optional.of(from)
				.filter((some) -> !some.isEmpty())
				.map((some) -> some.remove(random.nextInt(some.size())));
		}

		@Test
		void aWriteBesideATransactionIsNotOverwritten() {
			List<BiConsumer<HashStore<Track>, Object>> writes = List.of(
					(to, key) -> to.put(key, Track.SONG.withName("direct")),
					(to, key) -> to.setField(key, "name", "direct"), (to, key) -> to.increment(key, "plays", 1),
					(to, key) -> to.increment(key, "unitPrice", BigDecimal.ONE), HashStore::delete);
			for (int i = 0; i < writes.size(); i++) {
				this.database.set("old");
				read(this.other, this.key);
				HeldTransaction writer = write(this.store, (i % 2 == 0) ? Write.PUT : Write.SET, "transaction")
					.beforeCommit();
				this.database.set("direct");
				writes.get(i).accept(this.other, this.key);
				writer.afterCommit();
				assertThat(read(this.other, this.key)).as("write %d", i).isEqualTo("direct");
				assertThat(read(this.store, this.key)).as("write %d", i).isEqualTo("direct");
			}
		}

		@Test
		void aTransactionSeesWhatItHasWritten() {
			this.store.put(this.key, Track.SONG);
			HeldTransaction.of(() -> {
				assertThat(this.store.setField(this.key, "name", "set")).isTrue();
				assertThat(this.store.get(this.key)).contains(Track.SONG.withName("set"));
				assertThat(this.store.getField(this.key, "name", String.class)).contains("set");
				assertThat(this.store.put(this.key, Track.SONG.withName("put"))).isTrue();
				assertThat(this.store.getAll(List.of(this.key)).values()).containsExactly(Track.SONG.withName("put"));
				assertThat(this.store.getFields(this.key, "name", "plays")).containsEntry("name", "put").hasSize(2);
				assertThat(this.store.exists(this.key)).isTrue();
				assertThat(read(this.store, this.key)).isEqualTo("put");
				assertThat(this.store.delete(this.key)).isTrue();
				assertThat(this.store.exists(this.key)).isFalse();
				assertThat(this.store.get(this.key)).isEmpty();
				assertThat(read(this.store, this.key)).isEqualTo("old");
				assertThat(this.other.get(this.key)).as("of another manager").contains(Track.SONG);
			}).end(TransactionSynchronization.STATUS_ROLLED_BACK);
			assertThat(this.store.get(this.key)).contains(Track.SONG);
		}

		@Test
		void whatATransactionLoadsIsStoredWithItsCommit() {
			HeldTransaction.of(() -> assertThat(read(this.store, this.key)).isEqualTo("old"))
				.end(TransactionSynchronization.STATUS_ROLLED_BACK);
			assertThat(stored()).isEmpty();
			HeldTransaction reader = HeldTransaction.of(() -> read(this.store, this.key));
			assertThat(stored()).isEmpty();
			reader.beforeCommit().afterCommit();
			assertThat(stored()).contains("old");
			this.other.delete(this.key);
			HeldTransaction overtaken = HeldTransaction.of(() -> read(this.store, this.key));
			this.other.delete(this.key);
			overtaken.beforeCommit().afterCommit();
			assertThat(stored()).isEmpty();
			TransactionTemplate snapshot = new TransactionTemplate(new Transactions());
			snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
			snapshot.executeWithoutResult((status) -> read(this.store, this.key));
			assertThat(stored()).isEmpty();
		}

		@Test
		void countsOutsideOfTransactionsOnly() {
			this.store.put(this.key, Track.SONG);
			HeldTransaction.of(() -> {
				assertThatIllegalStateException().isThrownBy(() -> this.store.increment(this.key, "plays", 1))
					.withMessageContaining("outside of one");
				assertThatIllegalStateException()
					.isThrownBy(() -> this.store.increment(this.key, "unitPrice", BigDecimal.ONE));
			}).end(TransactionSynchronization.STATUS_ROLLED_BACK);
			TransactionTemplate readOnly = new TransactionTemplate(new Transactions());
			readOnly.setReadOnly(true);
			assertThat(readOnly.<Boolean>execute(
					(status) -> this.store.increment(this.key, "plays", 1).isPresent() && this.store.delete(this.key)))
				.isTrue();
		}

		@Test
		void aWriteThatComesAfterTheCommitIsMadeAtItsEnd() {
			new TransactionTemplate(new Transactions())
				.executeWithoutResult((status) -> TransactionSynchronizationManager
					.registerSynchronization(new TransactionSynchronization() {

						@Override
						public void afterCommit() {
							Fences.this.store.put(Fences.this.key, Track.SONG.withName("late"));
						}

					}));
			assertThat(stored()).contains("late");
		}

		@Test
		void aSavepointForgetsWhatCameAfterIt() {
			TransactionTemplate outer = new TransactionTemplate(new Transactions());
			TransactionTemplate inner = new TransactionTemplate(Objects.requireNonNull(outer.getTransactionManager()));
			inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
			outer.executeWithoutResult((status) -> {
				this.store.put(this.key, Track.SONG.withName("kept"));
				inner.executeWithoutResult((nested) -> {
					this.store.setField(this.key, "name", "forgotten");
					nested.setRollbackOnly();
				});
			});
			assertThat(stored()).contains("kept");
		}

		@Test
		void takesEffectAtOnceWhereThatIsTheChoice() {
			try (HashNode plain = HashNode.start(redis().springProperties(), "redis.hash.transaction=none")
				.awaitConnection()) {
				HashStore<Track> direct = plain.store("direct", Track.class);
				HeldTransaction.of(() -> {
					direct.put(this.key, Track.SONG);
					assertThat(direct.increment(this.key, "plays", 1)).hasValue(8);
				});
				assertThat(direct.getField(this.key, "plays", Long.class)).contains(8L);
			}
		}

	}

}
