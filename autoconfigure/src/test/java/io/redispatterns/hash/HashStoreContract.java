package io.redispatterns.hash;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.hash.script.HashStatistics;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.redis.key.KeyArgumentException;
import io.redispatterns.test.RedisTopology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What a {@link HashStore} promises, for every client and topology.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HashStoreContract {

	private HashNode node;

	private HashNode otherNode;

	private HashStore<Track> store;

	private HashStore<Track> other;

	private final String key = UUID.randomUUID().toString();

	abstract RedisTopology redis();

	abstract String client();

	@BeforeAll
	void start() {
		// Nobody is to load beside another because the machine is slow
		String[] settings = { "spring.data.redis.client-type=" + client(), "redis.stampede.lease=30s",
				"redis.stampede.wait=30s" };
		this.node = HashNode.start(redis().springProperties(), settings);
		this.otherNode = HashNode.start(redis().springProperties(), settings);
		this.store = this.node.awaitConnection().store("tracks", Track.class);
		this.other = this.otherNode.awaitConnection().store("tracks", Track.class);
	}

	@AfterAll
	void stop() {
		this.node.close();
		this.otherNode.close();
	}

	private Object key() {
		return UUID.randomUUID();
	}

	@Test
	void givesBackWhatAnotherNodeHasPut() {
		for (Object key : List.of(1, 1L, "1", List.of("1"), "a{b}:~", this.key)) {
			Track track = Track.SONG.withName("of " + key.getClass() + key);
			assertThat(this.store.put(key, track)).isTrue();
			assertThat(this.other.get(key)).contains(track);
		}
		assertThat(this.store.get(1)).map(Track::name).contains("of " + Integer.class + 1);
		assertThat(this.store.get(2)).isEmpty();
	}

	@Test
	void callersOfANodeWhoMissTogetherShareALoad() throws InterruptedException {
		Object key = key();
		AtomicInteger loads = new AtomicInteger();
		CountDownLatch release = new CountDownLatch(1);
		long missed = ((RedisHashStore<Track>) this.store).statistics().of(Event.MISS);
		List<@Nullable Track> found = Collections.synchronizedList(new ArrayList<>());
		List<Thread> callers = IntStream.range(0, 8)
			.mapToObj((i) -> new Thread(() -> found.add(this.store.get(key, () -> {
				loads.incrementAndGet();
				hold(release);
				return Track.SONG;
			}))))
			.toList();
		callers.forEach(Thread::start);
		await().until(() -> ((RedisHashStore<Track>) this.store).statistics().of(Event.MISS) == missed + 8
				&& callers.stream().allMatch((each) -> each.getState() == Thread.State.TIMED_WAITING));
		release.countDown();
		for (Thread caller : callers) {
			caller.join();
		}
		assertThat(loads).hasValue(1);
		assertThat(found).hasSize(8).containsOnly(Track.SONG);
		assertThat(this.other.get(key)).contains(Track.SONG);
	}

	@Test
	void nodesThatMissTogetherShareALoad() throws InterruptedException {
		Object key = key();
		AtomicInteger loads = new AtomicInteger();
		CountDownLatch release = new CountDownLatch(1);
		List<HashStatistics> statistics = Stream.of(this.store, this.other)
			.map((each) -> ((RedisHashStore<Track>) each).statistics())
			.toList();
		long missed = statistics.stream().mapToLong((each) -> each.of(Event.MISS)).sum();
		List<CompletableFuture<@Nullable Track>> callers = IntStream.range(0, 12)
			.mapToObj((i) -> elsewhere(() -> ((i % 2 == 0) ? this.store : this.other).get(key, () -> {
				loads.incrementAndGet();
				hold(release);
				return Track.SONG;
			})))
			.toList();
		await().until(() -> statistics.stream().mapToLong((each) -> each.of(Event.MISS)).sum() == missed + 12);
		release.countDown();
		callers.forEach((caller) -> assertThat(caller).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Track.SONG));
		assertThat(loads).hasValue(1);
	}

	@Test
	void aLoadThatFailsOrFindsNothingLetsAnotherNodeLoad() {
		for (Supplier<@Nullable Track> loader : List.<Supplier<@Nullable Track>>of(() -> null, () -> {
			throw new ArithmeticException("of the loader");
		})) {
			Object key = key();
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch release = new CountDownLatch(1);
			CompletableFuture<@Nullable Track> vain = elsewhere(() -> this.store.get(key, () -> {
				begun.countDown();
				hold(release);
				return loader.get();
			}));
			hold(begun);
			CompletableFuture<@Nullable Track> waiting = elsewhere(() -> this.other.get(key, () -> Track.SONG));
			release.countDown();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Track.SONG);
			assertThat(vain).isDone();
		}
	}

	@Test
	void whoAsksAfterAWriteOfAnotherNodeSharesNoOlderLoad() {
		Object key = key();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<@Nullable Track> older = elsewhere(() -> this.store.get(key, () -> {
			begun.countDown();
			hold(release);
			return Track.SONG;
		}));
		hold(begun);
		this.other.delete(key);
		Track newer = Track.SONG.withName("newer");
		CompletableFuture<@Nullable Track> asked = elsewhere(() -> this.store.get(key, () -> newer));
		release.countDown();
		assertThat(asked).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(newer);
		assertThat(older).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Track.SONG);
		assertThat(this.other.get(key)).contains(newer);
	}

	@Test
	void loadsThatAskForEachOthersObjectsEnd() {
		List<Object> keys = List.of(key(), key());
		CyclicBarrier both = new CyclicBarrier(2);
		List<CompletableFuture<@Nullable Track>> loads = IntStream.range(0, 2)
			.mapToObj((i) -> elsewhere(() -> this.store.get(keys.get(i), () -> {
				meet(both);
				return this.store.get(keys.get(1 - i), () -> Track.SONG);
			})))
			.toList();
		loads.forEach((load) -> assertThat(load).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Track.SONG));
	}

	/**
	 * On a thread of its own, as those of a pool may all be held up.
	 */
	private static <R extends @Nullable Object> CompletableFuture<R> elsewhere(Supplier<R> call) {
		return CompletableFuture.supplyAsync(call, (task) -> new Thread(task).start());
	}

	private static void hold(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void meet(CyclicBarrier barrier) {
		try {
			barrier.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void keepsStoresApart() {
		Object key = key();
		this.store.put(key, Track.SONG);
		assertThat(this.node.store("tracks:x", Track.class).get(key)).isEmpty();
		assertThat(this.node.store("", Track.class).get(key)).isEmpty();
		assertThat(this.node.store("tracks", Track.class)).isSameAs(this.store);
		assertThatIllegalArgumentException().isThrownBy(() -> this.node.store("tracks", Bean.class))
			.withMessageContaining("hash store 'tracks' holds objects of");
	}

	@Test
	void storesBeans() {
		HashStore<Bean> beans = this.node.store("beans", Bean.class);
		Bean bean = new Bean();
		bean.setName("a");
		bean.setSeen(Instant.EPOCH);
		beans.put(1, bean);
		assertThat(beans.get(1).orElseThrow()).usingRecursiveComparison().isEqualTo(bean);
		assertThat(beans.getField(1, "seen", Instant.class)).contains(Instant.EPOCH);
		assertThat(beans.increment(1, "count", 2)).hasValue(2);
	}

	@Test
	void readsSeveralAtOnce() {
		List<Integer> keys = IntStream.range(1000, 1250).boxed().toList();
		keys.stream()
			.filter((key) -> key % 2 == 0)
			.forEach((key) -> this.store.put(key, Track.SONG.withName("" + key)));
		Map<Integer, Track> found = this.other.getAll(keys);
		assertThat(found.keySet()).containsExactlyElementsOf(keys.stream().filter((key) -> key % 2 == 0).toList());
		assertThat(found).allSatisfy((key, track) -> assertThat(track.name()).isEqualTo("" + key));
		assertThat(this.store.getAll(List.of())).isEmpty();
	}

	@Test
	void readsAndWritesSingleProperties() {
		Object key = key();
		this.store.put(key, Track.SONG);
		assertThat(this.store.setField(key, "unitPrice", new BigDecimal("1.290"))).isTrue();
		assertThat(this.other.getField(key, "unitPrice", BigDecimal.class)).contains(new BigDecimal("1.290"));
		assertThat(this.other.getField(key, "plays", long.class)).contains(7L);
		assertThat(this.other.getField(key, "composer", String.class)).isEmpty();
		assertThat(this.store.setFields(key, Map.of("composer", "C", "genres", List.of()))).isTrue();
		assertThat(this.other.getFields(key, "genres", "composer", "name")).containsExactly(
				Map.entry("genres", List.of()), Map.entry("composer", "C"), Map.entry("name", Track.SONG.name()));
		assertThat(this.store.setField(key, "composer", null)).isTrue();
		assertThat(this.other.get(key))
			.contains(new Track(Track.SONG.name(), new BigDecimal("1.290"), 7, 3, List.of(), null));
	}

	@Test
	void neverBeginsAnObjectByAField() {
		Object key = key();
		assertThat(this.store.setField(key, "name", "alone")).isFalse();
		assertThat(this.store.increment(key, "plays", 1)).isEmpty();
		assertThat(this.store.increment(key, "unitPrice", BigDecimal.ONE)).isEmpty();
		assertThat(this.store.expire(key, Duration.ofHours(1))).isFalse();
		assertThat(this.store.exists(key)).isFalse();
		assertThat(this.store.get(key)).isEmpty();
		assertThat(this.store.getField(key, "name", String.class)).isEmpty();
		assertThat(this.store.getFields(key, "name")).isEmpty();
	}

	@Test
	void countsWithoutLoss() {
		Object key = key();
		this.store.put(key, Track.SONG);
		assertThat(this.store.increment(key, "plays", 9_007_199_254_740_993L)).hasValue(9_007_199_254_741_000L);
		assertThat(this.store.increment(key, "stock", -4)).hasValue(-1);
		assertThat(this.store.increment(key, "unitPrice", new BigDecimal("0.0000000000000000000000001")))
			.contains(new BigDecimal("0.9900000000000000000000001"));
		assertThat(this.other.get(key)).hasValueSatisfying((track) -> {
			assertThat(track.plays()).isEqualTo(9_007_199_254_741_000L);
			assertThat(track.stock()).isEqualTo(-1);
		});
	}

	@Test
	void refusesSumsThatDoNotFit() {
		Object key = key();
		this.store.put(key, Track.SONG);
		for (Map.Entry<String, Long> each : Map.of("plays", Long.MAX_VALUE, "stock", (long) Integer.MAX_VALUE)
			.entrySet()) {
			assertThatExceptionOfType(ArithmeticException.class)
				.isThrownBy(() -> this.store.increment(key, each.getKey(), each.getValue()))
				.withMessageContaining("'" + each.getKey() + "'");
		}
		assertThat(this.store.get(key)).contains(Track.SONG);
	}

	@Test
	void livesAsLongAsItIsTold() {
		Object key = key();
		this.store.put(key, Track.SONG);
		assertThat(this.store.timeToLive(key).orElseThrow()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
		assertThat(this.store.expire(key, Duration.ofHours(1))).isTrue();
		this.store.setField(key, "name", "keeps its end");
		this.store.increment(key, "plays", 1);
		assertThat(this.store.timeToLive(key).orElseThrow()).isGreaterThan(Duration.ofMinutes(55));
		this.store.put(key, Track.SONG);
		assertThat(this.store.timeToLive(key).orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(10));
		assertThat(this.store.timeToLive(key())).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.expire(key, Duration.ZERO));
	}

	@Test
	void deletesForAllNodes() {
		Object key = key();
		this.store.put(key, Track.SONG);
		assertThat(this.store.exists(key)).isTrue();
		assertThat(this.other.delete(key)).isTrue();
		assertThat(this.other.delete(key)).isFalse();
		assertThat(this.store.get(key)).isEmpty();
		assertThat(this.store.exists(key)).isFalse();
	}

	@Test
	void loadsOnceAndStores() {
		Object key = key();
		assertThat(this.store.get(key, () -> Track.SONG)).isEqualTo(Track.SONG);
		assertThat(this.other.get(key, () -> {
			throw new IllegalStateException("loaded again");
		})).isEqualTo(Track.SONG);
		assertThat(this.store.get(key(), () -> null)).isNull();
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> this.store.get(key(), () -> {
			throw new ArithmeticException("of the loader");
		})).withMessage("of the loader");
	}

	@Test
	void refusesLoadThatAWriteOfAnotherNodeHasOvertaken() {
		List<Consumer<Object>> writes = List.of((key) -> this.other.put(key, Track.SONG),
				(key) -> this.other.delete(key), (key) -> this.other.setField(key, "name", "none is there"),
				(key) -> this.other.increment(key, "plays", 1),
				(key) -> this.other.increment(key, "unitPrice", BigDecimal.ONE));
		for (int i = 0; i < writes.size(); i++) {
			Object key = key();
			Consumer<Object> write = writes.get(i);
			Track late = this.store.get(key, () -> {
				write.accept(key);
				return Track.SONG.withName("late");
			});
			assertThat(Objects.requireNonNull(late).name()).isEqualTo("late");
			assertThat(this.store.get(key)).as("write %d", i)
				.isEqualTo((i == 0) ? Optional.of(Track.SONG) : Optional.empty());
		}
	}

	@Test
	void refusesOlderVersions() {
		HashStore<Versioned> versions = this.node.store("versions", Versioned.class);
		Object key = key();
		assertThat(versions.put(key, new Versioned(-1L, "b"))).isTrue();
		assertThat(versions.put(key, new Versioned(Long.MAX_VALUE - 1, "c"))).isTrue();
		assertThat(versions.put(key, new Versioned(Long.MAX_VALUE - 2, "old"))).isFalse();
		assertThat(versions.put(key, new Versioned(Long.MIN_VALUE, "old"))).isFalse();
		assertThat(versions.put(key, new Versioned(Long.MAX_VALUE - 1, "same"))).isTrue();
		assertThat(versions.setFields(key, Map.of("version", 1L, "name", "old"))).isFalse();
		assertThat(versions.setFields(key, Map.of("version", Long.MAX_VALUE, "name", "new"))).isTrue();
		assertThat(versions.put(key, new Versioned(Long.MAX_VALUE - 1, "old"))).isFalse();
		assertThat(versions.get(key)).contains(new Versioned(Long.MAX_VALUE, "new"));
		assertThat(versions.put(key, new Versioned(null, "unversioned"))).isTrue();
		assertThat(versions.put(key, new Versioned(1L, "any"))).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> versions.increment(key, "version", 1));
	}

	@Test
	void refusesWhatIsNotOfTheClass() {
		Object key = key();
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.getField(key, "none", String.class))
			.withMessageContaining("'none'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.getField(key, "plays", String.class));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.increment(key, "name", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.increment(key, "plays", BigDecimal.ONE));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.setFields(key, Map.of()));
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> this.store.setField(key, "name", 1));
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> this.store.setField(key, "plays", null));
		assertThatExceptionOfType(KeyArgumentException.class)
			.isThrownBy(() -> this.store.put(new Object(), Track.SONG));
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> this.store.put(key, Track.SONG.withName("x".repeat(1 << 20))));
		assertThat(this.store.increment(key, "plays", 0)).isEqualTo(OptionalLong.empty());
	}

	record Versioned(@Version @Nullable Long version, String name) {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Version {

	}

	static class Bean {

		private @Nullable String name;

		private @Nullable Instant seen;

		private int count;

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public @Nullable Instant getSeen() {
			return this.seen;
		}

		public void setSeen(Instant seen) {
			this.seen = seen;
		}

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = count;
		}

	}

}
