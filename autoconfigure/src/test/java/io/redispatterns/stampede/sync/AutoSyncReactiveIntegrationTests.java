package io.redispatterns.stampede.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.Cacheable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a {@code Mono} or {@code Flux} does that is guarded without being told.
 */
class AutoSyncReactiveIntegrationTests {

	private static final AtomicInteger calls = new AtomicInteger();

	@Redis
	static StandaloneRedis redis;

	private static AutoSyncNode node;

	private final Songs songs = node.get(Songs.class);

	@BeforeAll
	static void start() {
		node = AutoSyncNode.start(redis, List.of(), Songs.class);
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

	static Stream<Function<Songs, Publisher<String>>> failing() {
		return Stream.of((songs) -> songs.mono("fails"), (songs) -> songs.flux("fails"));
	}

	static Stream<Function<Songs, Publisher<String>>> naming() {
		return Stream.of((songs) -> songs.mono("name"), (songs) -> songs.flux("name"));
	}

	@ParameterizedTest
	@MethodSource("naming")
	void callsNothingBeforeItIsSubscribedTo(Function<Songs, Publisher<String>> method) {
		Publisher<String> found = method.apply(this.songs);
		await().during(Duration.ofMillis(300)).until(() -> calls.get() == 0);
		assertThat(first(found)).isEqualTo("nobody");
		assertThat(first(found)).isEqualTo("nobody");
		assertThat(calls).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("naming")
	void handsTheContextOfTheSubscriberOn(Function<Songs, Publisher<String>> method) {
		Flux<String> found = Flux.from(method.apply(this.songs)).contextWrite((context) -> context.put("name", "Ann"));
		assertThat(first(found)).isEqualTo("Ann");
	}

	@ParameterizedTest
	@MethodSource("failing")
	void callsAgainForARetry(Function<Songs, Publisher<String>> method) {
		assertThat(first(Flux.from(method.apply(this.songs)).retry(2))).isEqualTo("third");
		assertThat(calls).hasValue(3);
	}

	@ParameterizedTest
	@MethodSource("failing")
	void givesTheMethodsOwnException(Function<Songs, Publisher<String>> method) {
		assertThatThrownBy(() -> first(method.apply(this.songs))).hasRootCauseExactlyInstanceOf(IOException.class);
		assertThat(calls).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("failing")
	void givesOneFailureToAllWhoAskAtOnce(Function<Songs, Publisher<String>> method) {
		calls.set(-1000);
		assertThat(AutoSyncNode.herd(() -> Flux.from(method.apply(this.songs)).blockFirst()))
			.allSatisfy((got) -> assertThat(got).failsWithin(20, TimeUnit.SECONDS));
		assertThat(calls).as("calls of all, some of whom may come after the failure").hasValueLessThan(-990);
	}

	@Test
	void remembersNothing() {
		assertThat(this.songs.empty(1).blockOptional()).isEmpty();
		assertThat(this.songs.empty(1).blockOptional()).isEmpty();
		assertThat(this.songs.none(1).collectList().block()).isEmpty();
		assertThat(this.songs.none(1).collectList().block()).isEmpty();
		assertThat(calls).hasValue(2);
	}

	@Test
	void signalsWhatIsThrownAtTheCall() {
		assertThatThrownBy(() -> this.songs.throwing(1).block()).isExactlyInstanceOf(IllegalArgumentException.class);
		assertThat(this.songs.throwing(1).onErrorReturn("instead").block()).isEqualTo("instead");
	}

	@Test
	void leavesOthersAtWork() {
		assertThat(this.songs.unless(1).block()).isEqualTo("nobody");
		assertThat(this.songs.unless(1).block()).isEqualTo("nobody");
		assertThat(calls).hasValue(1);
	}

	private static String first(Publisher<String> publisher) {
		return Flux.from(publisher).blockFirst();
	}

	static class Songs {

		@Cacheable("mono")
		public Mono<String> mono(String what) {
			return Mono.deferContextual((context) -> found(what, context.getOrDefault("name", "nobody")));
		}

		@Cacheable("flux")
		public Flux<String> flux(String what) {
			return Flux.deferContextual((context) -> found(what, context.getOrDefault("name", "nobody")));
		}

		@Cacheable("empty")
		public Mono<String> empty(int id) {
			return Mono.fromRunnable(calls::incrementAndGet);
		}

		@Cacheable("none")
		public Flux<String> none(int id) {
			return Flux.from(Mono.fromRunnable(calls::incrementAndGet));
		}

		@Cacheable("throwing")
		public Mono<String> throwing(int id) {
			throw new IllegalArgumentException("thrown " + id);
		}

		@Cacheable(cacheNames = "unless", unless = "#result == null")
		public Mono<String> unless(int id) {
			return mono("name");
		}

		private static Mono<String> found(String what, String name) {
			if (!what.equals("fails")) {
				calls.incrementAndGet();
				return Mono.just(name);
			}
			return Mono.delay(Duration.ofMillis(100))
				.flatMap((tick) -> (calls.incrementAndGet() < 3) ? Mono.error(new IOException("failed"))
						: Mono.just("third"));
		}

	}

}
