package io.redispatterns.stampede.sync;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.Cacheable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many callers of one cold key at once, through the proxy of a method that only says
 * {@code @Cacheable}.
 */
class AutoSyncHerdIntegrationTests {

	private static final AtomicInteger calls = new AtomicInteger();

	@Redis
	static StandaloneRedis redis;

	private static AutoSyncNode guarded;

	private static AutoSyncNode unguarded;

	@BeforeAll
	static void start() {
		guarded = AutoSyncNode.start(redis, List.of(), Songs.class);
		unguarded = AutoSyncNode.start(redis, List.of("redis.stampede.auto-sync=false"), Songs.class);
	}

	@AfterAll
	static void stop() {
		guarded.close();
		unguarded.close();
	}

	@BeforeEach
	void reset() {
		redis.command("FLUSHALL");
		calls.set(0);
	}

	static Stream<Function<Songs, Object>> methods() {
		return Stream.of((songs) -> songs.plain(1), (songs) -> songs.optional(1).orElseThrow(),
				(songs) -> songs.future(1).join(), (songs) -> songs.mono(1).block(),
				(songs) -> String.join("", songs.flux(1).collectList().block()));
	}

	@ParameterizedTest
	@MethodSource("methods")
	void runsTheMethodOnceForAll(Function<Songs, Object> method) {
		Songs songs = guarded.get(Songs.class);
		assertThat(AutoSyncNode.herd(() -> method.apply(songs)))
			.allSatisfy((got) -> assertThat(got).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("song 1"));
		assertThat(calls).hasValue(1);
		assertThat(method.apply(unguarded.get(Songs.class))).isEqualTo("song 1");
		assertThat(calls).as("calls, when another node has asked").hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("methods")
	void runsTheMethodForEachWhenTurnedOff(Function<Songs, Object> method) {
		Songs songs = unguarded.get(Songs.class);
		assertThat(AutoSyncNode.herd(() -> method.apply(songs)))
			.allSatisfy((got) -> assertThat(got).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("song 1"));
		assertThat(calls).hasValueGreaterThan(1);
	}

	static class Songs {

		@Cacheable("plain")
		public String plain(int id) {
			return loaded(id);
		}

		@Cacheable("optional")
		public Optional<String> optional(int id) {
			return Optional.of(loaded(id));
		}

		@Cacheable("future")
		public CompletableFuture<String> future(int id) {
			return CompletableFuture.supplyAsync(() -> loaded(id), (task) -> new Thread(task).start());
		}

		@Cacheable("mono")
		public Mono<String> mono(int id) {
			return Mono.delay(Duration.ofMillis(200)).map((tick) -> counted(id));
		}

		@Cacheable("flux")
		public Flux<String> flux(int id) {
			return Mono.delay(Duration.ofMillis(200))
				.flatMapMany((tick) -> Flux.just("song", counted(id).substring(4)));
		}

		private static String loaded(int id) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
			return counted(id);
		}

		private static String counted(int id) {
			calls.incrementAndGet();
			return "song " + id;
		}

	}

}
