package io.redispatterns.cache;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.ReactiveTransactions;
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
import reactor.core.scheduler.Schedulers;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionalOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Cached methods that return publishers, inside transactions that are bound to
 * subscribers.
 */
class ReactiveTransactionIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static final List<String> PROPERTIES = List.of("redis.cache.nodes.silent-after=0",
			"redis.cache.caches.albums.type=java.lang.String");

	private static CacheNode node;

	private static CacheNode other;

	private final Albums albums = node.get(Albums.class);

	private final RedisCacheAside seen = (RedisCacheAside) other.cache("albums");

	private final TransactionalOperator transaction = TransactionalOperator
		.create(node.get(ReactiveTransactionManager.class));

	private final String key = UUID.randomUUID().toString();

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis, PROPERTIES, Application.class);
		other = CacheNode.start(redis, PROPERTIES);
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	@BeforeEach
	void put() {
		ReactiveTransactions.atCommit.set(() -> {
		});
		Albums.value.set("old");
		this.seen.put(this.key, "old");
	}

	private static <T> T block(Mono<T> mono) {
		return mono.block(Duration.ofSeconds(10));
	}

	private String found() {
		return String.valueOf(this.seen.get(this.key, String.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "flux", "void", "before" })
	void evictsWithTheCommit(String kind) {
		AtomicReference<String> atCommit = new AtomicReference<>();
		ReactiveTransactions.atCommit.set(() -> {
			atCommit.set(found());
			this.seen.get(this.key, () -> "loaded before the commit");
		});
		Mono<?> change = switch (kind) {
			case "mono" -> this.albums.evict(this.key, "new");
			case "flux" -> this.albums.evictMany(this.key, "new").collectList();
			case "void" -> this.albums.evictNothing(this.key, "new");
			default -> this.albums.evictBefore(this.key, "new");
		};
		assertThat(found()).isEqualTo("old");
		block(change);
		assertThat(atCommit).as("fenced").hasValue("null");
		assertThat(found()).isEqualTo("null");
		assertThat(block(this.albums.find(this.key))).isEqualTo("new");
		assertThat(found()).as("no fence is left").isEqualTo("new");
		ReactiveTransactions.atCommit.set(() -> {
		});
		block(change);
		assertThat(found()).as("subscribed to again").isEqualTo("null");
	}

	@Test
	void putsWithTheCommit() {
		AtomicReference<String> atCommit = new AtomicReference<>();
		ReactiveTransactions.atCommit.set(() -> atCommit.set(found()));
		assertThat(block(this.albums.put(this.key, "new"))).isEqualTo("new");
		assertThat(atCommit).hasValue("null");
		assertThat(found()).isEqualTo("new");
	}

	@Test
	void putsAListWithTheCommit() {
		AtomicReference<Object> atCommit = new AtomicReference<>();
		String entry = "test:lists:{s" + this.key + "}";
		ReactiveTransactions.atCommit.set(() -> atCommit.set(redis.command("EXISTS", entry)));
		assertThat(block(this.albums.putMany(this.key, "new").collectList())).containsExactly("new");
		assertThat(atCommit).hasValue(0L);
		assertThat(redis.command("EXISTS", entry)).isEqualTo(1L);
	}

	@Test
	void leavesNoTraceOfARollback() {
		Mono<String> change = this.albums.put(this.key, "new")
			.then(this.albums.evict(this.key + "x", "new"))
			.then(Mono.<String>error(() -> new IllegalStateException("expected")))
			.as(this.transaction::transactional);
		assertThatIllegalStateException().isThrownBy(() -> block(change));
		assertThat(found()).isEqualTo("old");
		ReactiveTransactions.atCommit.set(() -> {
			throw new IllegalStateException("expected");
		});
		assertThatIllegalStateException().isThrownBy(() -> block(this.albums.put(this.key, "new")));
		assertThat(found()).as("removed by the fence").isEqualTo("null");
		this.seen.get(this.key, () -> "loaded");
		assertThat(found()).as("no fence is left").isEqualTo("loaded");
	}

	@Test
	void readsWhatItHasWritten() {
		Mono<List<String>> reads = Flux
			.concat(this.albums.find(this.key), this.albums.put(this.key, "new"), this.albums.find(this.key),
					this.albums.evict(this.key, "newer"), this.albums.find(this.key))
			.collectList()
			.as(this.transaction::transactional);
		assertThat(block(reads)).containsExactly("old", "new", "new", "newer", "newer");
		assertThat(found()).as("loaded after its own eviction").isEqualTo("null");
	}

	@Test
	void showsNobodyWhatItHasLoaded() {
		this.seen.evict(this.key);
		Mono<String> read = this.albums.find(this.key)
			.doOnNext((value) -> assertThat(found()).isEqualTo("null"))
			.as(this.transaction::transactional);
		assertThat(block(read)).isEqualTo("old");
		assertThat(found()).as("committed").isEqualTo("old");
	}

	@Test
	void worksWithoutATransactionAndMoreThanOnce() {
		this.seen.evict(this.key);
		int before = Albums.calls.get();
		Mono<String> read = this.albums.find(this.key);
		assertThat(block(read)).isEqualTo("old");
		assertThat(found()).isEqualTo("old");
		assertThat(block(read)).isEqualTo("old");
		assertThat(Albums.calls).hasValue(before + 1);
		block(this.albums.evict(this.key, "new"));
		assertThat(block(read)).isEqualTo("new");
	}

	@Test
	void keepsTransactionsApart() {
		Flux<String> all = Flux.range(0, 200)
			.flatMap((i) -> this.albums.put(this.key + i, "value " + i)
				.subscribeOn(Schedulers.parallel())
				.then(this.albums.find(this.key + i))
				.filter((value) -> i % 2 == 0)
				.switchIfEmpty(Mono.error(() -> new IllegalStateException("expected")))
				.as(this.transaction::transactional)
				.onErrorReturn("rolled back"), 16);
		assertThat(block(all.collectList())).hasSize(200);
		for (int i = 0; i < 200; i++) {
			assertThat(this.seen.get(this.key + i, String.class)).isEqualTo((i % 2 == 0) ? "value " + i : null);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
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
	 * Albums in a database of one value.
	 */
	static class Albums {

		private static final AtomicReference<String> value = new AtomicReference<>("old");

		private static final AtomicInteger calls = new AtomicInteger();

		@Cacheable("albums")
		public Mono<String> find(String id) {
			return Mono.fromSupplier(() -> {
				calls.incrementAndGet();
				return value.get();
			}).subscribeOn(Schedulers.boundedElastic());
		}

		private Mono<String> set(String changed) {
			return Mono.fromSupplier(() -> {
				value.set(changed);
				return changed;
			}).delayElement(Duration.ofMillis(1));
		}

		@Transactional
		@CacheEvict(cacheNames = "albums", key = "#id")
		public Mono<String> evict(String id, String changed) {
			return set(changed);
		}

		@Transactional
		@CacheEvict(cacheNames = "albums", key = "#id")
		public Flux<String> evictMany(String id, String changed) {
			return set(changed).flux();
		}

		@Transactional
		@CacheEvict(cacheNames = "albums", key = "#id")
		public Mono<Void> evictNothing(String id, String changed) {
			return set(changed).then();
		}

		@Transactional
		@CacheEvict(cacheNames = "albums", key = "#id", beforeInvocation = true)
		public Mono<Void> evictBefore(String id, String changed) {
			return set(changed).then();
		}

		@Transactional
		@CachePut(cacheNames = "albums", key = "#id")
		public Mono<String> put(String id, String changed) {
			return set(changed);
		}

		@Transactional
		@CachePut(cacheNames = "lists", key = "#id")
		public Flux<String> putMany(String id, String changed) {
			return set(changed).flux();
		}

	}

}
