package io.redispatterns.hash;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.redispatterns.Patience;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Hashes whose server is not there, goes away, or hangs.
 */
class HashWithoutRedisIntegrationTests {

	private static final String[] IMPATIENT = Patience.without("redis.resilience.command-timeout=200ms");

	@Test
	void failsOrLoadsWhenThereWasNoServerAtStart() {
		try (HashNode node = HashNode.start(Map.of("spring.data.redis.port", "1"), IMPATIENT)) {
			failsOrLoads(node.store("tracks", Track.class));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void recoversFromAServerThatWasAway(boolean hung, @Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties(), IMPATIENT).awaitConnection()) {
			HashStore<Track> store = node.store("tracks", Track.class);
			Awaitility.await().ignoreExceptions().until(() -> store.put(1, Track.SONG));
			if (hung) {
				redis.server().freeze();
				failsOrLoads(store);
				redis.server().thaw();
			}
			else {
				redis.server().kill();
				failsOrLoads(store);
				redis.server().restart();
			}
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
				assertThat(store.put(2, Track.SONG)).isTrue();
				assertThat(store.get(2)).contains(Track.SONG);
			});
			// What was frozen has run by now, or never will
			assertThat(store.get(1)).isIn(hung ? List.of(Optional.of(Track.SONG)) : List.of(Optional.empty()));
		}
	}

	@Test
	void neverMakesWriteWhoseCallerHasGivenUp(@Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties(), IMPATIENT).awaitConnection()) {
			HashStore<Track> store = node.store("tracks", Track.class);
			Awaitility.await().until(() -> node.get(RedisExecutor.class).now(new byte[1]) > 0);
			List<ThrowingCallable> writes = List.of(() -> store.put(1, Track.SONG.withName("lost")),
					() -> store.setField(2, "name", "lost"), () -> store.increment(3, "plays", 1),
					() -> store.expire(4, Duration.ofHours(1)));
			Awaitility.await().ignoreExceptions().untilAsserted(() -> {
				for (int key = 1; key <= writes.size(); key++) {
					assertThat(store.put(key, Track.SONG)).isTrue();
				}
				// The server must know the scripts, or it refuses them for that
				assertThat(store.setField(2, "name", Track.SONG.name())).isTrue();
				assertThat(store.increment(3, "plays", 0)).hasValue(7);
				assertThat(store.expire(4, Duration.ofMinutes(10))).isTrue();
			});
			redis.server().freeze();
			// Together, before the connection is found to be dead
			writes.stream()
				.map((write) -> CompletableFuture
					.runAsync(() -> assertThatExceptionOfType(RedisFailureException.class).isThrownBy(write)))
				.toList()
				.forEach(CompletableFuture::join);
			// A caller may fail before its time is over, and the server's clock is known
			// roughly
			Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
			redis.server().thaw();
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
				assertThat(store.getAll(List.of(1, 2, 3, 4)).values()).hasSize(4).containsOnly(Track.SONG);
				assertThat(store.timeToLive(4).orElseThrow()).isLessThan(Duration.ofMinutes(11));
			});
		}
	}

	private static void failsOrLoads(HashStore<Track> store) {
		long failed = ((RedisHashStore<?>) store).statistics().of(Event.FAILED);
		for (int i = 0; i < 3; i++) {
			long begun = System.nanoTime();
			assertThat(store.get(1, () -> Track.SONG.withName("loaded"))).isEqualTo(Track.SONG.withName("loaded"));
			assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(2));
		}
		assertThat(((RedisHashStore<?>) store).statistics().of(Event.FAILED)).isEqualTo(failed + 3);
		List<ThrowingCallable> calls = List.of(() -> store.get(1), () -> store.getAll(List.of(1, 2)),
				() -> store.getField(1, "name", String.class), () -> store.getFields(1, "name"),
				() -> store.put(1, Track.SONG.withName("lost")), () -> store.setField(1, "name", "lost"),
				() -> store.increment(1, "plays", 1), () -> store.increment(1, "unitPrice", BigDecimal.ONE),
				() -> store.exists(1), () -> store.expire(1, Duration.ofHours(1)), () -> store.timeToLive(1),
				() -> store.delete(3));
		assertThat(calls).allSatisfy((call) -> assertThatExceptionOfType(RedisFailureException.class).isThrownBy(call));
	}

}
