package io.redispatterns.stampede.sync;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A method that is guarded without being told runs once for its caller, whatever fails
 * then, though Spring runs it again when a cache fails and the application's handler lets
 * that pass.
 */
class AutoSyncErrorsIntegrationTests {

	private static final AtomicInteger calls = new AtomicInteger();

	@Redis
	static StandaloneRedis redis;

	private static AutoSyncNode node;

	private final Songs songs = node.get(Songs.class);

	@BeforeAll
	static void start() {
		node = AutoSyncNode.start(redis, List.of(Patience.without("redis.resilience.command-timeout=250ms")),
				Songs.class, Lenient.class);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@BeforeEach
	void reset() {
		redis.command("FLUSHALL");
		calls.set(0);
	}

	@AfterEach
	void mend() {
		redis.server().thaw();
		RedisExecutor executor = node.get(RedisExecutor.class);
		await().ignoreExceptions().until(() -> executor.await(executor.time()) != null);
	}

	static Stream<Function<Songs, Object>> methods() {
		return Stream.of((songs) -> songs.plain(1), (songs) -> songs.future(1).join(),
				(songs) -> songs.mono(1).block());
	}

	@ParameterizedTest
	@MethodSource("methods")
	void runsOnceWhenRedisHangsBeforeTheFill(Function<Songs, Object> method) {
		assertThat(method.apply(this.songs)).isEqualTo("song");
		assertThat(calls).hasValue(1);
	}

	static Stream<Function<Songs, Object>> unstorable() {
		return Stream.of((songs) -> songs.unstorable(1), (songs) -> songs.unstorableLater(1).join());
	}

	@ParameterizedTest
	@MethodSource("unstorable")
	void runsOnceWhenItsValueCannotBeStored(Function<Songs, Object> method) {
		assertThat(method.apply(this.songs)).isInstanceOf(Unstorable.class);
		assertThat(calls).hasValue(1);
	}

	static Stream<Function<Songs, Object>> failing() {
		return Stream.of((songs) -> songs.failing(1), (songs) -> songs.failingLater(1).join(),
				(songs) -> songs.failingMono(1).block());
	}

	@ParameterizedTest
	@MethodSource("failing")
	void runsOnceWhenItFails(Function<Songs, Object> method) {
		assertThatThrownBy(() -> method.apply(this.songs)).hasMessageContaining("failed 1");
		assertThat(calls).hasValue(1);
	}

	@Configuration(proxyBeanMethods = false)
	static class Lenient implements CachingConfigurer {

		@Override
		public CacheErrorHandler errorHandler() {
			return new LoggingCacheErrorHandler();
		}

	}

	/**
	 * A value that no codec can write.
	 */
	public record Unstorable(String name) {

		@Override
		public String name() {
			throw new IllegalStateException("not to be read");
		}

	}

	static class Songs {

		@Cacheable("plain")
		public String plain(int id) {
			return frozen();
		}

		@Cacheable("future")
		public CompletableFuture<String> future(int id) {
			return CompletableFuture.supplyAsync(Songs::frozen);
		}

		@Cacheable("mono")
		public Mono<String> mono(int id) {
			return Mono.fromSupplier(Songs::frozen);
		}

		@Cacheable("unstorable")
		public Unstorable unstorable(int id) {
			calls.incrementAndGet();
			return new Unstorable("name");
		}

		@Cacheable("unstorable")
		public CompletableFuture<Unstorable> unstorableLater(int id) {
			return CompletableFuture.completedFuture(unstorable(id));
		}

		@Cacheable("failing")
		public String failing(int id) {
			calls.incrementAndGet();
			throw new IllegalStateException("failed " + id);
		}

		@Cacheable("failing")
		public CompletableFuture<String> failingLater(int id) {
			return CompletableFuture.supplyAsync(() -> failing(id));
		}

		@Cacheable("failing")
		public Mono<String> failingMono(int id) {
			return Mono.fromSupplier(() -> failing(id));
		}

		private static String frozen() {
			calls.incrementAndGet();
			redis.server().freeze();
			return "song";
		}

	}

}
