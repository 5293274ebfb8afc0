package io.redispatterns.write;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.Patience;
import io.redispatterns.ReactiveTransactions;
import io.redispatterns.cache.WriteThroughCache;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionalOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What methods make of the cache that return publishers, inside transactions that are
 * bound to subscribers, and outside of them.
 */
class WriteThroughReactiveIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static final List<String> PROPERTIES = List.of(Patience
		.without("redis.cache.caches.rows.type=io.redispatterns.write.Row", "redis.resilience.command-timeout=10s"));

	private static WriteNode node;

	private static WriteNode other;

	private final Albums albums = node.get(Albums.class);

	private final WriteThroughCache seen = other.cache("rows");

	private final TransactionalOperator transaction = TransactionalOperator
		.create(node.get(ReactiveTransactionManager.class));

	private final int key = UUID.randomUUID().hashCode();

	private final AtomicReference<Object> atCommit = new AtomicReference<>();

	@BeforeAll
	static void start() {
		node = WriteNode.start(redis, PROPERTIES, Application.class);
		other = WriteNode.start(redis, PROPERTIES);
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	@BeforeEach
	void fill() {
		this.seen.put(this.key, new Row(this.key, 0));
		ReactiveTransactions.atCommit.set(() -> this.atCommit.set(String.valueOf(found(this.key))));
	}

	private static <T> T block(Mono<T> mono) {
		return mono.block(Duration.ofSeconds(20));
	}

	private Row found(int id) {
		return this.seen.get(id, Row.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "reversed", "flux", "nothing", "later" })
	void writesWithTheCommit(String kind) {
		Mono<?> change = switch (kind) {
			case "mono" -> this.albums.set(this.key, 7);
			case "reversed" -> this.albums.setInAnotherOrder(this.key, 7);
			case "flux" -> this.albums.setMany(this.key, 7).collectList();
			case "later" -> this.albums.setLater(this.key, 7);
			default -> this.albums.delete(this.key);
		};
		assertThat(found(this.key)).as("not subscribed").isEqualTo(new Row(this.key, 0));
		block(change);
		assertThat(this.atCommit).as("fenced").hasValue("null");
		Row expected = kind.equals("nothing") ? null : new Row(this.key, 7);
		if (kind.equals("later")) {
			await().until(() -> found(this.key) != null);
		}
		assertThat(found(this.key)).isEqualTo(expected);
		if (kind.equals("flux")) {
			assertThat(found(this.key + 1)).isEqualTo(new Row(this.key + 1, 7));
		}
	}

	@Test
	void writesForEachSubscriber() {
		Mono<Row> change = this.albums.set(this.key, 7);
		block(change);
		this.seen.evict(this.key);
		block(change);
		assertThat(found(this.key)).isEqualTo(new Row(this.key, 7));
	}

	@Test
	void writesNothingOfARollbackOrAFailure() {
		Mono<Row> change = this.albums.set(this.key, 7)
			.then(Mono.<Row>error(() -> new IllegalStateException("expected")))
			.as(this.transaction::transactional);
		assertThatIllegalStateException().isThrownBy(() -> block(change));
		assertThat(found(this.key)).isEqualTo(new Row(this.key, 0));
		assertThatIllegalStateException().isThrownBy(() -> block(this.albums.fail(this.key)));
		assertThat(found(this.key)).isEqualTo(new Row(this.key, 0));
	}

	@Test
	void removesWhatHasNoVersionOutsideATransaction() {
		assertThat(block(this.albums.setAtOnce(this.key, 7))).isEqualTo(new Row(this.key, 7));
		assertThat(found(this.key)).isNull();
	}

	@Test
	void removesWhatSeveralHaveBroughtBeforeAFailureOrWhenTheirSubscriberLeaves() {
		Flux<Row> rows = Flux.just(new Row(this.key, 7), new Row(this.key + 1, 7))
			.concatWith(Flux.error(() -> new IllegalStateException("expected")));
		this.seen.put(this.key + 1, new Row(this.key + 1, 0));
		block(this.albums.setOneByOne(rows).take(1).then());
		assertThat(found(this.key)).isNull();
		assertThat(found(this.key + 1)).as("not brought").isEqualTo(new Row(this.key + 1, 0));
		this.seen.put(this.key, new Row(this.key, 0));
		assertThatIllegalStateException().isThrownBy(() -> block(this.albums.setOneByOne(rows).then()));
		assertThat(found(this.key)).isNull();
		assertThat(found(this.key + 1)).isNull();
		this.seen.put(this.key, new Row(this.key, 0));
		Flux<Row> rolledBack = this.albums.setOneByOne(rows).as(this.transaction::transactional);
		assertThatIllegalStateException().isThrownBy(() -> block(rolledBack.then()));
		assertThat(found(this.key)).as("rolled back").isEqualTo(new Row(this.key, 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "empty", "flux", "future" })
	void handsOnWhatItBringsWhenTheServerHasAcknowledgedTheWrite(String kind) {
		Sinks.One<Row> row = Sinks.one();
		CompletableFuture<?> change = switch (kind) {
			case "flux" -> this.albums.setManyAtOnce(this.key, row.asMono()).collectList().toFuture();
			case "future" -> this.albums.setFuture(this.key, row.asMono().toFuture());
			default -> this.albums.setAtOnce(this.key, row.asMono()).toFuture();
		};
		Row set = kind.equals("empty") ? null : new Row(this.key, 7);
		redis.server().freeze();
		try {
			block(Mono.fromRunnable(() -> bring(row, set)).subscribeOn(Schedulers.parallel()));
			assertThat(change).isNotDone();
		}
		finally {
			redis.server().thaw();
		}
		assertThat(change.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(kind.equals("flux") ? List.of(set) : set);
		assertThat(found(this.key)).isNull();
	}

	private static void bring(Sinks.One<Row> sink, Row row) {
		if (row != null) {
			sink.tryEmitValue(row).orThrow();
		}
		else {
			sink.tryEmitEmpty().orThrow();
		}
	}

	@Test
	void keepsTransactionsApart() {
		Flux<Object> all = Flux.range(0, 200)
			.flatMap((i) -> this.albums.set(this.key + i, i)
				.subscribeOn(Schedulers.parallel())
				.filter((row) -> i % 2 == 0)
				.switchIfEmpty(Mono.error(() -> new IllegalStateException("expected")))
				.as(this.transaction::transactional)
				.cast(Object.class)
				.onErrorReturn("rolled back"), 16);
		this.seen.evict(this.key);
		assertThat(block(all.collectList())).hasSize(200);
		for (int i = 0; i < 200; i++) {
			assertThat(found(this.key + i)).isEqualTo((i % 2 == 0) ? new Row(this.key + i, i) : null);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Application {

		@Bean
		Albums albums() {
			return new Albums();
		}

		@Bean
		ReactiveTransactionManager transactionManager() {
			return new ReactiveTransactions();
		}

	}

	/**
	 * Albums in a database that takes its time.
	 */
	static class Albums {

		private static Mono<Row> row(int id, int amount) {
			return Mono.just(new Row(id, amount)).delayElement(Duration.ofMillis(1));
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#result.id()")
		public Mono<Row> set(int id, int amount) {
			return row(id, amount);
		}

		@WriteThrough(cache = "rows", key = "#id")
		@Transactional
		public Mono<Row> setInAnotherOrder(int id, int amount) {
			return row(id, amount);
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#id", mode = WriteMode.ASYNC)
		public Mono<Row> setLater(int id, int amount) {
			return row(id, amount);
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#result.id()", each = true)
		public Flux<Row> setMany(int id, int amount) {
			return Flux.concat(row(id, amount), row(id + 1, amount));
		}

		@Transactional
		@WriteThrough(cache = "rows", key = "#id")
		public Mono<Void> delete(int id) {
			return row(id, 0).then();
		}

		@WriteThrough(cache = "rows", key = "#id")
		public Mono<Row> setAtOnce(int id, int amount) {
			return row(id, amount);
		}

		@WriteThrough(cache = "rows", key = "#id")
		public Mono<Row> setAtOnce(int id, Mono<Row> row) {
			return row;
		}

		@WriteThrough(cache = "rows", key = "#result.id()", each = true)
		public Flux<Row> setManyAtOnce(int id, Mono<Row> row) {
			return row.flux();
		}

		@WriteThrough(cache = "rows", key = "#result.id()", each = true)
		public Flux<Row> setOneByOne(Flux<Row> rows) {
			return rows;
		}

		@WriteThrough(cache = "rows", key = "#id")
		public CompletableFuture<Row> setFuture(int id, CompletableFuture<Row> row) {
			return row;
		}

		@WriteThrough(cache = "rows", key = "#id")
		public Mono<Row> fail(int id) {
			return row(id, 9).then(Mono.error(() -> new IllegalStateException("expected")));
		}

	}

}
