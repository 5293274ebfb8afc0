package io.redispatterns.write.behind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.write.behind.WriteBatch.Change;
import io.redispatterns.write.behind.queue.ClaimedBatch;
import io.redispatterns.write.behind.queue.DeadLetters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.cache.CacheManager;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a queue holds to on every topology.
 */
abstract class WriteBehindContract {

	private static final long SEED = Long.getLong("redispatterns.write.seed", System.nanoTime());

	private final String namespace = ShopNode.namespace();

	private final List<ShopNode> nodes = new ArrayList<>();

	abstract RedisTopology redis();

	private ShopNode node(PriceShop shop, String... properties) {
		ShopNode node = ShopNode.start(this.namespace, redis().springProperties(), shop, properties);
		this.nodes.add(node);
		return node;
	}

	@AfterEach
	void stop() {
		this.nodes.forEach((node) -> node.shop().open());
		this.nodes.forEach(ShopNode::close);
	}

	@Test
	void flushesWhatIsAccepted() {
		ShopNode node = node(new PriceShop());
		assertThat(node.calls().set(new Price("a", 1))).isEqualTo(new Price("a", 1));
		node.calls().setAll(List.of(new Price("b", 2), new Price("c", 3)));
		node.awaitFlush();
		assertThat(node.shop().table).containsOnlyKeys("a", "b", "c");
		node.calls().remove("b");
		node.awaitFlush();
		assertThat(node.shop().table).containsOnlyKeys("a", "c");
	}

	@Test
	void flushesTheLastChangeOfAKeyOnly() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.interval=300ms");
		IntStream.rangeClosed(1, 20).forEach((amount) -> node.calls().set(new Price("a", amount)));
		node.awaitFlush();
		assertThat(node.shop().table).containsEntry("a", new Price("a", 20));
		assertThat(node.shop().batches.stream().mapToInt((batch) -> batch.changes().size()).sum()).isLessThan(10);
	}

	@Test
	void flushesEveryChangeInOrderWhenToldTo() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.coalesce=false",
				"redis.write.behind.prices.batch-size=7");
		IntStream.rangeClosed(1, 50).forEach((amount) -> node.calls().set(new Price("a", amount)));
		node.awaitFlush();
		List<Change<Price>> flushed = node.shop().batches.stream()
			.flatMap((batch) -> batch.changes().stream())
			.toList();
		assertThat(flushed).map(Change::row)
			.isEqualTo(IntStream.rangeClosed(1, 50).mapToObj((amount) -> new Price("a", amount)).toList());
		assertThat(flushed).map(Change::sequence).isSorted().doesNotHaveDuplicates();
		assertThat(node.shop().batches).allSatisfy((batch) -> assertThat(batch.changes()).hasSizeLessThanOrEqualTo(7));
	}

	@Test
	void neitherLosesADeletionNorRevivesWhatWasDeleted() {
		for (String coalesce : List.of("true", "false")) {
			PriceShop shop = new PriceShop();
			try (ShopNode node = ShopNode.start(this.namespace + coalesce, redis().springProperties(), shop,
					"redis.write.behind.prices.coalesce=" + coalesce, "redis.write.behind.prices.interval=100ms")) {
				for (String id : List.of("a", "b", "c")) {
					node.calls().set(new Price(id, 1));
					node.calls().remove(id);
				}
				node.calls().set(new Price("c", 2));
				node.awaitFlush();
				assertThat(shop.table).containsOnly(Map.entry("c", new Price("c", 2)));
				assertThat(shop.batches)
					.noneMatch((batch) -> batch.rows().stream().map(Price::id).anyMatch(batch.deletedKeys()::contains));
			}
		}
	}

	@Test
	void endsWithTheModelAfterRandomChangesAndFailures() {
		System.out.println("Random changes with seed " + SEED);
		Random random = new Random(SEED);
		ShopNode one = node(new PriceShop(), "redis.write.behind.prices.batch-size=8");
		ShopNode other = node(new PriceShop(one.shop().table), "redis.write.behind.prices.batch-size=8");
		Random troubles = new Random(SEED + 1);
		this.nodes.forEach((node) -> node.shop().trouble = (batch) -> {
			synchronized (troubles) {
				if (troubles.nextInt(4) == 0) {
					throw new IllegalStateException(new IOException("away"));
				}
			}
		});
		Map<String, Price> model = new HashMap<>();
		for (int i = 0; i < 300; i++) {
			String id = "k" + random.nextInt(12);
			PriceShop shop = (random.nextBoolean() ? one : other).calls();
			if (random.nextInt(3) == 0) {
				shop.remove(id);
				model.remove(id);
			}
			else {
				model.put(id, shop.set(new Price(id, i)));
			}
			assertThat((random.nextBoolean() ? one : other).calls().find(id))
				.as("read of change %d with seed %d", i, SEED)
				.isEqualTo(model.get(id));
		}
		this.nodes.forEach((node) -> node.shop().open());
		one.awaitFlush();
		assertThat(one.shop().table).as("table with seed %d", SEED).isEqualTo(model);
		assertThat(one.depth().dead()).isZero();
	}

	@Test
	void isReadableFromItsAcceptanceOn() {
		ShopNode node = node(new PriceShop());
		ShopNode other = node(new PriceShop(node.shop().table));
		node.shop().table.put("a", new Price("a", 1));
		assertThat(other.calls().find("a")).isEqualTo(new Price("a", 1));
		this.nodes.forEach((each) -> each.shop().close());
		node.calls().set(new Price("a", 2));
		assertThat(other.calls().find("a")).isEqualTo(new Price("a", 2));
		assertThat(node.calls().find("a")).isEqualTo(new Price("a", 2));
		node.calls().remove("a");
		assertThat(other.calls().find("a")).isNull();
		assertThat(other.shop().loads).hasValue(1);
		this.nodes.forEach((each) -> each.shop().open());
		node.awaitFlush();
		assertThat(other.calls().find("a")).isNull();
		assertThat(node.shop().table).isEmpty();
	}

	@Test
	void publishersSeeWhatWaits() {
		ShopNode node = node(new PriceShop());
		node.shop().close();
		node.calls().set(new Price("a", 1));
		assertThat(node.calls().findLater("a").block()).isEqualTo(new Price("a", 1));
		node.calls().remove("a");
		assertThat(node.calls().findLater("a").blockOptional()).isEmpty();
		assertThat(node.shop().loads).hasValue(0);
		assertThat(node.calls().findLater("b").blockOptional()).isEmpty();
		assertThat(node.shop().loads).hasValue(1);
	}

	@Test
	void thoseWhoReadManySeeWhatWaits() {
		ShopNode node = node(new PriceShop());
		node.shop().table.put("b", new Price("b", 2));
		node.shop().table.put("c", new Price("c", 3));
		node.shop().close();
		node.calls().set(new Price("a", 1));
		node.calls().remove("b");
		assertThat(node.calls().findAll(List.of("a", "b", "c")))
			.isEqualTo(Map.of("a", new Price("a", 1), "c", new Price("c", 3)));
		assertThat(node.shop().loads).as("of c").hasValue(1);
		node.calls().setAll(List.of(new Price("b", 4), new Price("c", 5)));
		assertThat(node.calls().findEach(List.of("c", "b", "d")).collectList().block())
			.containsExactly(new Price("c", 5), new Price("b", 4));
		assertThat(node.shop().loads).as("of c and d").hasValue(2);
		assertThat(node.calls().find("b")).isEqualTo(new Price("b", 4));
		assertThat(node.shop().loads).hasValue(2);
	}

	static Stream<Function<PriceShop, Object>> readsOfA() {
		return Stream.of((shop) -> shop.find("a"), (shop) -> shop.findUnlessAbsent("a"),
				(shop) -> shop.findLater("a").block(), (shop) -> shop.findAll(List.of("a")).get("a"),
				(shop) -> shop.findEach(List.of("a")).blockLast());
	}

	@Test
	void storesNothingWhereItIsNotKnownWhatWaits() {
		ShopNode node = node(new PriceShop());
		Price old = new Price("a", 1);
		Price waiting = new Price("a", 2);
		node.shop().table.put("a", old);
		node.shop().close();
		readsOfA().forEach((read) -> {
			node.calls().set(waiting);
			withoutLookups(node,
					() -> assertThat(read.apply(node.calls())).as("the row of the database").isEqualTo(old));
			assertThat(node.calls().find("a")).isEqualTo(waiting);
		});
		BehindQueue queue = node.get(Queues.class).queue("prices");
		queue.queue().accept(List.of(Map.entry("a", "no price".getBytes(StandardCharsets.UTF_8))));
		queue.evict(List.of("a"));
		readsOfA()
			.forEach((read) -> assertThat(read.apply(node.calls())).as("what waits is unreadable").isEqualTo(old));
		node.calls().set(waiting);
		assertThat(node.calls().find("a")).isEqualTo(waiting);
	}

	/**
	 * Do something while no row can be looked up, as the key that tells where is another.
	 */
	private void withoutLookups(ShopNode node, Runnable work) {
		byte[] last = (this.namespace + ":wb:{prices}:last").getBytes(StandardCharsets.UTF_8);
		byte[] kept = (this.namespace + ":wb:{prices}:kept").getBytes(StandardCharsets.UTF_8);
		try (RedisConnection connection = node.get(RedisConnectionFactory.class).getConnection()) {
			connection.keyCommands().rename(last, kept);
			connection.stringCommands().set(last, kept);
			work.run();
			connection.keyCommands().rename(kept, last);
		}
	}

	@Test
	void evictsWithTheFlushWhatADeadNodeDidNotEvict() {
		ShopNode node = node(new PriceShop());
		node.shop().table.put("a", new Price("a", 1));
		assertThat(node.calls().find("a")).isEqualTo(new Price("a", 1));
		BehindQueue queue = node.get(Queues.class).queue("prices");
		queue.queue().accept(List.of(Map.entry("a", queue.codec().encode(new Price("a", 2)))));
		node.awaitFlush();
		assertThat(node.calls().find("a")).isEqualTo(new Price("a", 2));
	}

	@Test
	void marksNoChangeAsEvictedWhoseEvictionIsNotAcknowledged() {
		ShopNode node = node(new PriceShop());
		node.shop().close();
		BehindQueue queue = node.get(Queues.class).queue("prices");
		EntryAccess entries = (EntryAccess) node.get(CacheManager.class).getCache("prices").getNativeCache();
		entries.redelivery().journal().add(entries.key("lost"), Long.MAX_VALUE / 1000);
		node.calls().setAll(List.of(new Price("a", 1)));
		node.calls().setAll(List.of(new Price("b", 1), new Price("lost", 1)));
		assertThat(queue.queue().reads().pending("a").announced()).isTrue();
		assertThat(queue.queue().reads().pending("b").announced()).isFalse();
		assertThat(queue.queue().reads().pending("lost").announced()).isFalse();
	}

	@Test
	void keepsWhatIsOverwrittenDuringItsFlush() {
		ShopNode node = node(new PriceShop());
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> overwritten = new CompletableFuture<>();
		node.shop().trouble = (batch) -> {
			begun.complete(null);
			overwritten.join();
		};
		node.calls().set(new Price("a", 1));
		begun.join();
		node.calls().set(new Price("a", 2));
		overwritten.complete(null);
		node.awaitFlush();
		assertThat(node.shop().batches).map((batch) -> batch.rows().get(0).amount()).containsExactly(1L, 2L);
		assertThat(node.shop().table).containsEntry("a", new Price("a", 2));
	}

	@Test
	void isolatesAPoisonousRow() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.max-attempts=2");
		node.shop().close();
		node.calls().setAll(IntStream.range(0, 30).mapToObj((id) -> new Price("k" + id, id)).toList());
		Set<String> ids = new HashSet<>();
		node.shop().trouble = (batch) -> {
			ids.add(batch.id() + batch.rows());
			if (batch.rows().stream().anyMatch((row) -> row.amount() == 17)) {
				throw new IllegalArgumentException("seventeen");
			}
		};
		Awaitility.await().until(() -> node.depth().changes() == 0);
		assertThat(node.shop().table).hasSize(29).doesNotContainKey("k17");
		assertThat(node.depth().dead()).isOne();
		assertThat(node.calls().find("k17")).isNull();
		assertThat(ids).as("an id is of the same rows")
			.map((id) -> id.substring(0, id.indexOf('[')))
			.doesNotHaveDuplicates();
	}

	@Test
	void isolatesBytesThatAreNoChange() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.max-attempts=1");
		List<String> garbage = List.of("", "short", "\u00ff".repeat(40), header(99, "sk") + "V{}",
				header(12, "i99999999999") + "D", header(2, "sk") + "?{}");
		node.shop().close();
		node.calls().setAll(IntStream.range(0, 12).mapToObj((id) -> new Price("k" + id, id)).toList());
		byte[] changes = (this.namespace + ":wb:{prices}:changes").getBytes(StandardCharsets.UTF_8);
		try (RedisConnection connection = node.get(RedisConnectionFactory.class).getConnection()) {
			List<byte[]> positions = new ArrayList<>(Objects.requireNonNull(connection.hashCommands().hKeys(changes)));
			for (int i = 0; i < garbage.size(); i++) {
				connection.hashCommands()
					.hSet(changes, positions.get(i), garbage.get(i).getBytes(StandardCharsets.ISO_8859_1));
			}
		}
		assertThat(node.depth().changes()).isEqualTo(12);
		node.shop().open();
		node.awaitFlush();
		assertThat(node.shop().table).hasSize(6);
		assertThat(node.depth().dead()).isEqualTo(6);
		assertThat(node.get(DeadLetters.class).requeue("prices", 10)).as("that with a key").isEqualTo(2);
		Awaitility.await().until(() -> node.depth().dead() == 2);
		node.calls().set(new Price("a", 1));
		node.awaitFlush();
		assertThat(node.shop().table).containsKey("a");
	}

	private static String header(int length, String key) {
		return "\0".repeat(20) + (char) length + key;
	}

	@Test
	void deadRowsWaitAgainUnlessTheyAreOlderThanWhatWaits() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.max-attempts=1");
		DeadLetters letters = node.get(DeadLetters.class);
		node.shop().trouble = (batch) -> {
			throw new IllegalArgumentException("poison");
		};
		node.calls().setAll(List.of(new Price("a", 1), new Price("b", 1), new Price("c", 1)));
		Awaitility.await().until(() -> letters.count("prices") == 3);
		node.shop().close();
		node.calls().set(new Price("a", 2));
		assertThat(letters.requeue("prices", 2)).as("b, as a has a newer change").isOne();
		assertThat(letters.count("prices")).isOne();
		assertThat(node.calls().find("b")).isEqualTo(new Price("b", 1));
		node.shop().open();
		node.awaitFlush();
		assertThat(node.shop().table).containsOnly(Map.entry("a", new Price("a", 2)),
				Map.entry("b", new Price("b", 1)));
		assertThat(letters.requeue("prices", 10)).isOne();
		assertThat(letters.requeue("prices", 10)).isZero();
		node.awaitFlush();
		assertThat(node.shop().table).containsEntry("c", new Price("c", 1));
		List<Long> numbers = node.shop().batches.stream()
			.flatMap((batch) -> batch.changes().stream())
			.filter((change) -> !change.key().equals("a"))
			.map(Change::sequence)
			.toList();
		assertThat(numbers).as("the numbers they had").isSorted();
		assertThat(numbers.get(1) - numbers.get(0)).isOne();
	}

	@Test
	void keepsABatchWholeThroughAnOutage() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.max-attempts=1");
		Set<String> ids = new HashSet<>();
		List<Integer> attempts = new ArrayList<>();
		node.shop().trouble = (batch) -> {
			ids.add(batch.id());
			attempts.add(batch.attempt());
			throw new IllegalStateException(new SQLTransientConnectionException("away"));
		};
		node.calls().set(new Price("a", 1));
		Awaitility.await().until(() -> attempts.size() >= 3);
		node.shop().open();
		node.awaitFlush();
		assertThat(ids).hasSize(1);
		assertThat(attempts).startsWith(1, 2, 3);
		assertThat(node.depth().dead()).isZero();
		assertThat(node.shop().table).containsKey("a");
	}

	@Test
	void refusesWhatIsBeyondItsCapacity() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.capacity=2");
		node.shop().close();
		node.calls().set(new Price("a", 1));
		node.calls().set(new Price("b", 1));
		assertThatExceptionOfType(WriteBehindException.class).isThrownBy(() -> node.calls().set(new Price("c", 1)))
			.withMessage("Queue 'prices' was not given a change: it holds its capacity of 2, which are not flushed")
			.satisfies((ex) -> assertThat(ex.isFull()).isTrue());
		node.shop().open();
		node.awaitFlush();
		assertThat(node.shop().table).containsOnlyKeys("a", "b");
	}

	@Test
	void blocksUntilThereIsRoom() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.capacity=2",
				"redis.write.behind.prices.overflow=block", "redis.write.behind.prices.wait=200ms");
		node.shop().close();
		node.calls().setAll(List.of(new Price("a", 1), new Price("b", 1)));
		assertThatExceptionOfType(WriteBehindException.class).isThrownBy(() -> node.calls().set(new Price("c", 1)));
		PriceShop closed = new PriceShop(node.shop().table);
		closed.close();
		ShopNode patient = node(closed, "redis.write.behind.prices.capacity=2",
				"redis.write.behind.prices.overflow=block", "redis.write.behind.prices.wait=1m");
		CompletableFuture<Price> blocked = CompletableFuture.supplyAsync(() -> patient.calls().set(new Price("c", 1)),
				(task) -> new Thread(task).start());
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> !blocked.isDone());
		this.nodes.forEach((each) -> each.shop().open());
		assertThat(blocked.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(new Price("c", 1));
		node.awaitFlush();
		assertThat(node.shop().table).containsOnlyKeys("a", "b", "c");
	}

	@Test
	void letsTheCallerMakeRoom() {
		ShopNode node = node(new PriceShop(), "redis.write.behind.prices.capacity=2",
				"redis.write.behind.prices.overflow=sync", "redis.write.behind.prices.interval=1h");
		Set<Thread> threads = new HashSet<>();
		node.shop().trouble = (batch) -> threads.add(Thread.currentThread());
		for (int i = 0; i < 5; i++) {
			node.calls().set(new Price("k" + i, i));
		}
		assertThat(threads).containsExactly(Thread.currentThread());
		assertThat(node.shop().table).containsOnlyKeys("k0", "k1", "k2", "k3");
	}

	@Test
	void flushesWhenItStopsAndLeavesTheRest() {
		Map<String, Price> table;
		try (ShopNode node = ShopNode.start(this.namespace, redis().springProperties(), new PriceShop(),
				"redis.write.behind.prices.interval=1h")) {
			table = node.shop().table;
			node.calls().set(new Price("a", 1));
		}
		assertThat(table).containsOnlyKeys("a");
		try (ShopNode node = ShopNode.start(this.namespace, redis().springProperties(), new PriceShop(table),
				"redis.write.behind.prices.interval=1h")) {
			node.shop().close();
			node.calls().set(new Price("b", 1));
		}
		assertThat(table).containsOnlyKeys("a");
		node(new PriceShop(table)).awaitFlush();
		assertThat(table).containsOnlyKeys("a", "b");
	}

	@Test
	void takesOverTheBatchOfADeadNodeUnderItsId() {
		ShopNode dead = node(new PriceShop(), "redis.write.behind.prices.interval=1h");
		dead.calls().setAll(List.of(new Price("a", 1), new Price("b", 2)));
		ClaimedBatch batch = Objects
			.requireNonNull(dead.get(Queues.class).queue("prices").queue().claim("a node that dies", Duration.ZERO));
		dead.calls().set(new Price("a", 3));
		ShopNode heir = node(new PriceShop(), "redis.write.behind.prices.batch-size=100");
		heir.awaitFlush();
		assertThat(heir.shop().batches).first().satisfies((taken) -> {
			assertThat(taken.id()).isEqualTo("prices:" + batch.id());
			assertThat(taken.attempt()).isEqualTo(2);
			assertThat(taken.rows()).containsExactly(new Price("a", 1), new Price("b", 2));
		});
		assertThat(heir.shop().table).containsEntry("a", new Price("a", 3)).containsEntry("b", new Price("b", 2));
		assertThat(dead.get(Queues.class).queue("prices").queue().acknowledge("a node that dies", batch)).isFalse();
	}

}
