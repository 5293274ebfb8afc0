package io.redispatterns.cache;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;

import org.springframework.cache.Cache;
import org.springframework.cache.annotation.Cacheable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A fill that comes too late, from one node, after a write on another.
 */
class FillRaceIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static CacheNode other;

	private final String key = UUID.randomUUID().toString();

	private final Cache cache = node.cache("raced");

	private final Cache seen = other.cache("raced");

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis, List.of(), Rows.class);
		other = CacheNode.start(redis, List.of(), Rows.class);
		await().until(() -> {
			node.cache("raced").put("connected", "yes");
			return other.cache("raced").get("connected") != null;
		});
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	/** R1. */
	@ParameterizedTest
	@EnumSource
	void fillIsRefusedAfterAnEvictionOnAnotherNode(Way way) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		this.seen.evict(this.key);
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key)).isNull();
		assertThat(this.cache.get(this.key, () -> "new")).isEqualTo("new");
	}

	/** R2, without a near cache: another reader is faster. */
	@ParameterizedTest
	@EnumSource
	void fillDoesNotReplaceWhatIsNewer(Way way) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		this.seen.evict(this.key);
		assertThat(this.seen.get(this.key, () -> "new")).isEqualTo("new");
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key, String.class)).isIn("new", null);
		assertThat(this.cache.get(this.key, () -> "new")).isEqualTo("new");
	}

	@ParameterizedTest
	@EnumSource
	void fillDoesNotReplaceAPut(Way way) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		this.seen.put(this.key, "new");
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key, String.class)).isIn("new", null);
	}

	@ParameterizedTest
	@EnumSource
	void fillDoesNotReplaceAPutOnItsOwnNode(Way way) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		this.cache.put(this.key, "new");
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key, String.class)).isIn("new", null);
	}

	/**
	 * What is written may follow a miss that was followed by no put, as one of
	 * {@code @Cacheable(unless = ...)}.
	 */
	@ParameterizedTest
	@EnumSource
	void fillDoesNotReplaceAPutAfterAMiss(Way way) {
		assertThat(this.seen.get(this.key)).isNull();
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		this.seen.put(this.key, "new");
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key, String.class)).isIn("new", null);
	}

	/**
	 * A late loader must not come back with the lease of one that has missed since, and
	 * what it leaves must not keep others from putting.
	 */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "GET_WITH_LOADER", "RETRIEVE_WITH_LOADER" })
	void fillDoesNotUseTheLeaseOfALaterMiss(Way way) {
		CompletableFuture<String> late = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, late);
		this.seen.evict(this.key);
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> next = way.read(this.cache, this.key, row);
		late.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key)).isNull();
		row.complete("new");
		assertThat(next).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key, String.class)).isIn("new", null);
		this.cache.put(this.key, "put");
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("put");
	}

	@ParameterizedTest
	@EnumSource
	void fillIsStored(Way way) {
		assertThat(way.read(this.cache, this.key, CompletableFuture.completedFuture("row"))).succeedsWithin(10,
				TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key, String.class)).isEqualTo("row");
	}

	@ParameterizedTest
	@EnumSource
	void fillIsVoidAfterAClearOnAnotherNode(Way way) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		this.seen.clear();
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key)).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "GET_WITH_LOADER", "RETRIEVE_WITH_LOADER" })
	void whoAsksAfterAnEvictionOnAnotherNodeGetsNothingOlder(Way way) {
		assertThat(readByPassenger(way, () -> this.seen.evict(this.key))).isEqualTo("new");
	}

	@ParameterizedTest
	@EnumSource(names = { "GET_WITH_LOADER", "RETRIEVE_WITH_LOADER" })
	void whoAsksAfterAClearOnAnotherNodeGetsNothingOlder(Way way) {
		assertThat(readByPassenger(way, this.seen::clear)).isEqualTo("new");
	}

	/**
	 * Read after a write on another node, while a load is going on that began before it.
	 */
	private String readByPassenger(Way way, Runnable write) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		write.run();
		CompletableFuture<String> later = new CompletableFuture<>();
		Thread passenger = new Thread(() -> later
			.complete(way.begin(this.cache, this.key, CompletableFuture.completedFuture("new"), Way::nothing).join()));
		passenger.start();
		await().during(Duration.ofMillis(100)).until(() -> passenger.getState() != Thread.State.RUNNABLE);
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(later).succeedsWithin(10, TimeUnit.SECONDS);
		return later.join();
	}

	/** R7. */
	@ParameterizedTest
	@EnumSource
	void fillIsRefusedWithoutItsLease(Way way) {
		CompletableFuture<String> row = new CompletableFuture<>();
		CompletableFuture<String> read = way.read(this.cache, this.key, row);
		List<?> leases = (List<?>) Objects.requireNonNull(redis.command("KEYS", "test:raced:*" + this.key + "*:l"));
		assertThat(leases).hasSize(1);
		redis.command("DEL", String.valueOf(leases.get(0)));
		row.complete("old");
		assertThat(read).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key)).isNull();
	}

	@Test
	void lateFillsOfManyReadersAreAllRefused() {
		List<CompletableFuture<String>> rows = List.of(new CompletableFuture<>(), new CompletableFuture<>());
		CompletableFuture<String> here = Way.GET_AND_PUT.read(this.cache, this.key, rows.get(0));
		CompletableFuture<String> there = Way.GET_AND_PUT.read(this.seen, this.key, rows.get(1));
		this.seen.evict(this.key);
		rows.get(0).complete("old");
		assertThat(here).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key)).isNull();
		rows.get(1).complete("old");
		assertThat(there).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.seen.get(this.key)).isNull();
	}

	/**
	 * How a reader that misses goes on to its row and comes back with it.
	 */
	enum Way {

		GET_WITH_LOADER {

			@Override
			CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row, Runnable missed) {
				return onThread(() -> cache.get(key, () -> {
					missed.run();
					return row.get(10, TimeUnit.SECONDS);
				}));
			}

		},

		RETRIEVE_WITH_LOADER {

			@Override
			CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row, Runnable missed) {
				return onThread(() -> cache.retrieve(key, () -> {
					missed.run();
					return row;
				}).join());
			}

		},

		GET_AND_PUT {

			@Override
			CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row, Runnable missed) {
				return onThread(() -> {
					assertThat(cache.get(key)).isNull();
					missed.run();
					cache.put(key, row.join());
					return row.join();
				});
			}

		},

		METHOD_WITH_FUTURE {

			@Override
			CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row, Runnable missed) {
				return onThread(() -> rows(cache).later(key, () -> {
					missed.run();
					// What an asynchronous method gives completes somewhere else
					return row.thenApplyAsync((value) -> value);
				}).join());
			}

		},

		METHOD_WITH_FUTURE_THAT_IS_DONE {

			@Override
			CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row, Runnable missed) {
				return onThread(() -> rows(cache).later(key, () -> {
					missed.run();
					return CompletableFuture.completedFuture(row.join());
				}).join());
			}

		},

		METHOD_WITH_PUBLISHER {

			@Override
			CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row, Runnable missed) {
				return onThread(() -> Objects.requireNonNull(rows(cache).published(key, () -> {
					missed.run();
					return row.thenApplyAsync((value) -> value);
				}).block()));
			}

		};

		/**
		 * Begin a read.
		 * @return the read, which has missed and waits for its row
		 */
		CompletableFuture<String> read(Cache cache, String key, CompletableFuture<String> row) {
			CompletableFuture<Void> missed = new CompletableFuture<>();
			CompletableFuture<String> read = begin(cache, key, row, () -> missed.complete(null));
			assertThat(missed).succeedsWithin(10, TimeUnit.SECONDS);
			return read;
		}

		abstract CompletableFuture<String> begin(Cache cache, String key, CompletableFuture<String> row,
				Runnable missed);

		static void nothing() {
		}

		private static Rows rows(Cache cache) {
			return ((cache == node.cache("raced")) ? node : other).get(Rows.class);
		}

		private static CompletableFuture<String> onThread(Supplier<String> call) {
			return CompletableFuture.supplyAsync(call, (task) -> new Thread(task).start());
		}

	}

	/**
	 * Methods that Spring's rules for one load do not allow to be guarded.
	 */
	static class Rows {

		@Cacheable(cacheNames = "raced", key = "#key", unless = "#result == 'never'")
		public CompletableFuture<String> later(String key, Supplier<CompletableFuture<String>> row) {
			return row.get();
		}

		@Cacheable(cacheNames = "raced", key = "#key", unless = "#result == 'never'")
		public Mono<String> published(String key, Supplier<CompletableFuture<String>> row) {
			return Mono.fromFuture(row);
		}

	}

}
