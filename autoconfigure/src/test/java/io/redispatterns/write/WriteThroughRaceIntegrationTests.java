package io.redispatterns.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two writers of one row and a reader, on two nodes, again and again: what the cache
 * holds in the end is the newer row, or where nothing tells which that is, nothing.
 * {@code -Dwrites.seed} repeats a run.
 */
class WriteThroughRaceIntegrationTests {

	private static final long SEED = Long.getLong("writes.seed", new Random().nextLong());

	private static final int ROUNDS = Integer.getInteger("writes.rounds", 200);

	@ParameterizedTest
	@EnumSource
	void leavesTheNewerRow(Way way, @Redis StandaloneRedis redis) throws Exception {
		race(way, redis);
	}

	@ParameterizedTest
	@EnumSource
	void leavesTheNewerRowOnACluster(Way way, @Redis ClusterRedis redis) throws Exception {
		race(way, redis);
	}

	private static void race(Way way, RedisTopology redis) throws Exception {
		System.out.println("writes.seed=" + SEED);
		String database = UUID.randomUUID().toString();
		List<String> properties = List.of("redis.cache.caches.versioned.version=amount",
				"redis.cache.caches.late-versioned.version=amount",
				"redis.cache.caches.late-versioned.transaction=after-commit",
				"redis.cache.caches.late.transaction=after-commit", "redis.write.mode=" + way.mode);
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try (WriteNode one = WriteNode.start(redis, database, properties, Shop.class);
				WriteNode two = WriteNode.start(redis, database, properties, Shop.class)) {
			Row.create(one.jdbc(), 1);
			connect(way, one);
			connect(way, two);
			Random random = new Random(SEED);
			CyclicBarrier start = new CyclicBarrier(3);
			int stored = 0;
			for (int round = 0; round < ROUNDS; round++) {
				List<Future<?>> all = new ArrayList<>();
				for (WriteNode node : List.of(one, two)) {
					long pause = random.nextInt(1_000_000);
					all.add(threads.submit(() -> {
						start.await(20, TimeUnit.SECONDS);
						way.write(node.get(Shop.class), pause);
						return null;
					}));
				}
				WriteNode reader = random.nextBoolean() ? one : two;
				all.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					return way.read(reader.get(Shop.class));
				}));
				for (Future<?> each : all) {
					each.get(30, TimeUnit.SECONDS);
				}
				Row row = Row.find(one.jdbc(), 1);
				assertThat(row.amount()).isEqualTo(2 * (round + 1));
				stored += verify(way, () -> one.cache(way.cache).get(1), row, round) ? 1 : 0;
			}
			System.out
				.println(way + " " + redis.getClass().getSimpleName() + ": stored in " + stored + " of " + ROUNDS);
			assertThat(stored).as("stored at all").isGreaterThanOrEqualTo((way.left == Left.SOMETIMES) ? 1 : 0);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Verify what is left of a round.
	 * @return whether there is an entry
	 */
	private static boolean verify(Way way, Supplier<ValueWrapper> cache, Row row, int round) {
		if (way.left == Left.ALWAYS && way.mode == WriteMode.ASYNC) {
			await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> cache.get() != null);
		}
		ValueWrapper found = cache.get();
		if (found != null || way.left == Left.ALWAYS) {
			assertThat(found).as("round %d of seed %d", round, SEED)
				.isNotNull()
				.extracting(ValueWrapper::get)
				.isEqualTo(row);
		}
		return found != null;
	}

	/**
	 * Wait for the connection to the server of the row: a write before it is one without
	 * Redis.
	 */
	private static void connect(Way way, WriteNode node) {
		await().until(() -> {
			node.cache(way.cache).put(1, new Row(1, 0));
			return node.cache(way.cache).get(1) != null;
		});
		node.cache(way.cache).evict(1);
	}

	/**
	 * How often the newer row is left.
	 */
	enum Left {

		ALWAYS, SOMETIMES, SELDOM

	}

	enum Way {

		TRANSACTION("rows", WriteMode.SYNC, Left.SOMETIMES, Shop::write),

		TRANSACTION_ASYNC("rows", WriteMode.ASYNC, Left.SOMETIMES, Shop::write),

		AFTER_COMMIT("late", WriteMode.SYNC, Left.SELDOM, Shop::writeLate),

		NEITHER("rows", WriteMode.SYNC, Left.SELDOM, Shop::writeAtOnce),

		VERSION("versioned", WriteMode.SYNC, Left.ALWAYS, Shop::writeVersion),

		VERSION_IN_TRANSACTION("versioned", WriteMode.SYNC, Left.ALWAYS, Shop::writeVersionInTransaction),

		VERSION_IN_TRANSACTION_ASYNC("versioned", WriteMode.ASYNC, Left.ALWAYS, Shop::writeVersionInTransaction),

		VERSION_AFTER_COMMIT("late-versioned", WriteMode.SYNC, Left.ALWAYS, Shop::writeVersionLate);

		private final String cache;

		private final WriteMode mode;

		private final Left left;

		private final Writer writer;

		Way(String cache, WriteMode mode, Left left, Writer writer) {
			this.cache = cache;
			this.mode = mode;
			this.left = left;
			this.writer = writer;
		}

		void write(Shop shop, long pause) {
			this.writer.write(shop, 1, pause);
		}

		Row read(Shop shop) {
			return switch (this.cache) {
				case "rows" -> shop.find(1);
				case "late" -> shop.findLate(1);
				case "late-versioned" -> shop.findVersionLate(1);
				default -> shop.findVersion(1);
			};
		}

	}

	@FunctionalInterface
	interface Writer {

		Row write(Shop shop, int id, long pause);

	}

	/**
	 * Methods that raise the amount of a row by one, in one statement.
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

		@Cacheable("late-versioned")
		public Row findVersionLate(int id) {
			return Row.find(this.jdbc, id);
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#id")
		public Row write(int id, long pause) {
			return raiseAndFind(id, pause);
		}

		@Cacheable("late")
		public Row findLate(int id) {
			return Row.find(this.jdbc, id);
		}

		@Transactional
		@WriteThrough(cache = "late", key = "#id")
		public Row writeLate(int id, long pause) {
			return raiseAndFind(id, pause);
		}

		@Transactional
		@WriteThrough(cache = "versioned", key = "#id")
		public Row writeVersionInTransaction(int id, long pause) {
			return raiseAndFind(id, pause);
		}

		@Transactional
		@WriteThrough(cache = "late-versioned", key = "#id")
		public Row writeVersionLate(int id, long pause) {
			return raiseAndFind(id, pause);
		}

		private Row raiseAndFind(int id, long pause) {
			LockSupport.parkNanos(pause);
			this.jdbc.update("update stock set amount = amount + 1 where id = ?", id);
			return Row.find(this.jdbc, id);
		}

		@WriteThrough(cache = "rows", key = "#id")
		public Row writeAtOnce(int id, long pause) {
			return raise(id, pause);
		}

		@WriteThrough(cache = "versioned", key = "#id")
		public Row writeVersion(int id, long pause) {
			return raise(id, pause);
		}

		private Row raise(int id, long pause) {
			Row row = this.jdbc.queryForObject(
					"select id, amount from final table (update stock set amount = amount + 1 where id = ?)",
					(found, number) -> new Row(found.getInt(1), found.getInt(2)), id);
			LockSupport.parkNanos(pause);
			return row;
		}

	}

}
