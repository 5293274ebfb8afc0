package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ContestantIntegrationTests {

	private static final int HITS = 50;

	private static RedisProcess redis;

	@BeforeAll
	static void start() throws IOException {
		redis = RedisProcess.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@ParameterizedTest
	@EnumSource
	void returnsWhatWasPutAtTheCostOfItsKind(Contestant contestant) throws IOException {
		try (TrackCache cache = open(contestant)) {
			cache.put("one", Track.of(1));
			cache.put("two", Track.of(2));
			await().untilAsserted(() -> assertThat(decoded(cache.get("two"))).isEqualTo(Track.of(2)));
			Map<String, ?> found = cache.getAll(new LinkedHashSet<>(List.of("one", "two", "three")));
			assertThat(found).hasSize(2);
			assertThat(decoded(found.get("one"))).isEqualTo(Track.of(1));
			assertThat(cache.get("three")).isNull();
			assertThat(commandsOfHits(cache)).isEqualTo(commandsOfHit(contestant));
		}
	}

	@ParameterizedTest
	@MethodSource
	void clearsWhatWasPut(Contestant contestant) throws IOException {
		try (TrackCache cache = open(contestant)) {
			cache.put("one", Track.of(1));
			await().until(() -> cache.get("one") != null);
			cache.clear();
			await().until(() -> cache.get("one") == null);
		}
	}

	static Stream<Contestant> clearsWhatWasPut() {
		return Contestant.in(Work.CLEAR).stream().filter((contestant) -> contestant != Contestant.RAW_LETTUCE);
	}

	private static Set<String> commandsOfHits(TrackCache cache) throws IOException {
		CommandStats before = CommandStats.read(redis.port());
		IntStream.range(0, HITS).forEach((hit) -> cache.get("one"));
		Map<String, Long> calls = CommandStats.read(redis.port()).since(before).calls();
		// A sign of life, which no hit waits for
		calls.values().removeIf((count) -> count == 1);
		assertThat(calls.values()).allSatisfy((count) -> assertThat(count).isEqualTo(HITS));
		return calls.keySet()
			.stream()
			.map((command) -> command.startsWith("evalsha") ? "script" : command)
			.collect(Collectors.toSet());
	}

	private static Set<String> commandsOfHit(Contestant contestant) {
		return switch (contestant) {
			case CAFFEINE, SPRING_CAFFEINE, JETCACHE_TWO_LEVEL, REDISSON_LOCAL, PUB_SUB, PUB_SUB_THEN_GET,
					REDIS_PATTERNS_NEAR ->
				Set.of();
			case REDISSON -> Set.of("hget");
			case REDISSON_TTL -> Set.of("script", "hget", "zscore");
			case REDIS_PATTERNS, REDIS_PATTERNS_LEASE -> Set.of("mget");
			case SPRING_DATA_REDIS_LOCKING -> Set.of("exists", "get");
			default -> Set.of("get");
		};
	}

	private static TrackCache open(Contestant contestant) throws IOException {
		RedisSocket.flush(redis.port());
		TrackCache cache = contestant.open(redis.port());
		await().until(() -> {
			cache.put("connected", Track.of(0));
			return cache.get("connected") != null;
		});
		return cache;
	}

	private static Object decoded(Object value) {
		return (value instanceof byte[] json) ? JsonMapper.shared().readValue(json, Track.class) : value;
	}

}
