package io.redispatterns.write;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.redispatterns.cache.WriteThroughCache;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What methods make of the cache that write to a database in transactions, seen from
 * another node.
 */
class WriteThroughIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static final String DATABASE = UUID.randomUUID().toString();

	private static WriteNode node;

	private static WriteNode other;

	private final Stock stock = node.get(Stock.class);

	private final WriteThroughCache rows = other.cache("rows");

	private final TransactionTemplate transaction = new TransactionTemplate(node.get(PlatformTransactionManager.class));

	@BeforeAll
	static void start() {
		node = WriteNode.start(redis, DATABASE, List.of(), Stock.class);
		other = WriteNode.start(redis, DATABASE, List.of(), Stock.class);
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	@BeforeEach
	void fill() {
		Row.create(node.jdbc(), 1, 2, 3);
		for (String cache : List.of("rows", "amounts", "pairs")) {
			node.cache(cache).clear();
		}
		node.cache("rows").put(1, new Row(1, 0));
	}

	private Object found(Object key) {
		ValueWrapper found = this.rows.get(key);
		return (found != null) ? found.get() : "nothing";
	}

	@ParameterizedTest
	@ValueSource(strings = { "set", "setInAnotherOrder", "setAnew", "setAfterAMiss", "save", "setIfThere",
			"setByAnnotationOfItsOwn", "future" })
	void storesTheRowAfterTheCommit(String way) {
		Consumer<Integer> set = (amount) -> {
			switch (way) {
				case "set" -> this.stock.set(1, amount);
				case "setInAnotherOrder" -> this.stock.setInAnotherOrder(1, amount);
				case "setAnew" -> this.stock.setAnew(1, amount);
				case "setAfterAMiss" -> this.transaction.executeWithoutResult((status) -> {
					node.cache("rows").evict(1);
					assertThat(node.cache("rows").get(1)).isNull();
					this.stock.set(1, amount);
				});
				case "save" -> this.stock.save(new Row(1, amount));
				case "setIfThere" -> this.stock.setIfThere(1, amount);
				case "future" -> this.stock.future(1, amount).join();
				default -> this.stock.setByAnnotationOfItsOwn(1, amount);
			}
		};
		set.accept(7);
		assertThat(found(1)).isEqualTo(new Row(1, 7));
		node.cache("rows").evict(1);
		set.accept(8);
		assertThat(found(1)).as("where there was none").isEqualTo(new Row(1, 8));
	}

	@Test
	void removesTheOldEntryBeforeTheCommitAndRefusesLoads() {
		this.transaction.executeWithoutResult((status) -> {
			this.stock.set(1, 7);
			assertThat(found(1)).as("not before the commit is near").isEqualTo(new Row(1, 0));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCompletion() {
					assertThat(found(1)).isEqualTo("nothing");
					WriteThroughIntegrationTests.this.rows.get(1, () -> new Row(1, 0));
					assertThat(found(1)).as("refused").isEqualTo("nothing");
				}

			});
		});
		assertThat(found(1)).isEqualTo(new Row(1, 7));
	}

	@Test
	void storesNothingWhenTheTransactionAroundIsRolledBack() {
		assertThatIllegalStateException().isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
			this.stock.set(1, 7);
			this.stock.setAnew(2, 9);
			throw new IllegalStateException("expected");
		}));
		assertThat(found(1)).isEqualTo(new Row(1, 0));
		assertThat(found(2)).as("of its own transaction").isEqualTo(new Row(2, 9));
	}

	@Test
	void storesTheLastRowOfATransactionAndNothingOfASavepoint() {
		this.transaction.executeWithoutResult((status) -> {
			this.stock.set(1, 7);
			this.stock.set(1, 8);
			assertThatIllegalStateException().isThrownBy(() -> this.stock.setNestedAndFail(1, 9));
			assertThat(this.stock.find(1)).as("its own eyes").isEqualTo(new Row(1, 8));
		});
		assertThat(found(1)).isEqualTo(new Row(1, 8));
	}

	@Test
	void writesNothingWhenTheMethodFails() {
		assertThatIllegalStateException().isThrownBy(() -> this.stock.setNestedAndFail(1, 9));
		assertThat(found(1)).isEqualTo(new Row(1, 0));
		CompletableFuture<Row> failed = CompletableFuture.failedFuture(new IllegalStateException("expected"));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.stock.given(failed).join())
			.havingCause()
			.withMessage("expected");
	}

	@Test
	void failsTheTransactionWhenTheKeyDoesNotFit() {
		assertThatExceptionOfType(InvalidWriteThroughException.class).isThrownBy(() -> this.stock.setWithABadKey(1, 7))
			.withMessageContaining(
					"Stock.setWithABadKey' has the key '#result.nothing()', which does not fit the call");
		assertThat(Row.find(node.jdbc(), 1)).as("rolled back").isEqualTo(new Row(1, 0));
		assertThat(found(1)).isEqualTo(new Row(1, 0));
	}

	@Test
	void writesToSeveralCachesByKeysOfTheirOwn() {
		this.stock.setEverywhere(1, 7);
		assertThat(found(1)).as("around").isEqualTo("nothing");
		assertThat(other.cache("amounts").get(1, Integer.class)).isEqualTo(7);
		assertThat(other.cache("pairs").get(new SimpleKey(1, 7), Row.class)).isEqualTo(new Row(1, 7));
		assertThat(other.get(Stock.class).pair(1, 7)).isEqualTo(new Row(1, 7));
	}

	@Test
	void writesEachElement() {
		this.stock.setAll(List.of(1, 2, 3), 7);
		for (int id = 1; id <= 3; id++) {
			assertThat(found(id)).isEqualTo(new Row(id, 7));
			assertThat(other.cache("pairs").get(id, Row.class)).isEqualTo(new Row(id, 7));
		}
		this.stock.deleteAll(1, 3);
		assertThat(List.of(found(1), found(2), found(3))).containsExactly("nothing", new Row(2, 7), "nothing");
	}

	@Test
	void removesWhatIsDeletedOrNoMore() {
		assertThat(this.stock.delete(1)).isTrue();
		assertThat(found(1)).isEqualTo("nothing");
		node.cache("rows").put(1, new Row(1, 0));
		assertThat(this.stock.setIfThere(1, 7)).isEmpty();
		assertThat(found(1)).isEqualTo("nothing");
	}

	@Test
	void writesOnlyWhatTheConditionsAllow() {
		this.stock.setSome(1, 5);
		assertThat(found(1)).isEqualTo(new Row(1, 0));
		this.stock.setSome(1, 25);
		assertThat(found(1)).isEqualTo(new Row(1, 0));
		this.stock.setSome(1, 15);
		assertThat(found(1)).isEqualTo(new Row(1, 15));
	}

	@Test
	void removesWhatHasNoVersionOutsideATransaction() {
		this.stock.setAtOnce(1, 7);
		assertThat(found(1)).isEqualTo("nothing");
		assertThat(other.get(Stock.class).find(1)).isEqualTo(new Row(1, 7));
	}

	@Test
	void removesWhatIsOfATypeThatTheCacheDoesNotHold() {
		assertThat(this.stock.setWhatIsNoRow(1, 7)).isEqualTo(new Row(1, 7));
		assertThat(found(1)).isEqualTo("nothing");
		node.cache("rows").put(1, new Row(1, 0));
		assertThat(this.transaction.<Row>execute((status) -> this.stock.setWhatIsNoRow(1, 8))).isEqualTo(new Row(1, 8));
		assertThat(found(1)).isEqualTo("nothing");
	}

	@Test
	void writesTheOthersWhereOneKeyDoesNotFit() {
		assertThatExceptionOfType(InvalidWriteThroughException.class)
			.isThrownBy(() -> this.stock.setAtOnceWithABadKey(1, 7))
			.withMessageContaining("has the key '#result.nothing()'");
		assertThat(Row.find(node.jdbc(), 1)).isEqualTo(new Row(1, 7));
		assertThat(found(1)).isEqualTo("nothing");
	}

	@Test
	void voidsALoadThatBeganBeforeTheWrite() {
		node.cache("rows").evict(1);
		this.rows.get(1, () -> {
			Row old = Row.find(node.jdbc(), 1);
			this.stock.setAtOnce(1, 7);
			return old;
		});
		assertThat(found(1)).isEqualTo("nothing");
	}

	@Test
	void handsOnAFutureWhenTheEntryIsRight() {
		CompletableFuture<Row> row = new CompletableFuture<>();
		CompletableFuture<Object> seen = this.stock.given(row).thenApply((set) -> found(1));
		assertThat(seen).isNotDone();
		row.complete(Row.set(node.jdbc(), 1, 7));
		assertThat(seen.join()).isEqualTo("nothing");
	}

	@Test
	void storesLaterWhatNobodyWaitsFor() {
		this.stock.setLater(1, 7);
		assertThat(found(1)).as("never the old one").isNotEqualTo(new Row(1, 0));
		await().untilAsserted(() -> assertThat(found(1)).isEqualTo(new Row(1, 7)));
	}

}
