package io.redispatterns.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.cache.many.CacheableMany;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.Cacheable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Methods that are annotated with {@link CacheableMany}.
 */
class CacheableManyIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	private static CacheNode onStandalone;

	private static CacheNode onCluster;

	@BeforeAll
	static void start() {
		onStandalone = start(standalone);
		onCluster = start(cluster);
	}

	private static CacheNode start(RedisTopology redis) {
		return CacheNode.start(redis, List.of("redis.cache.nodes.silent-after=0"), Finder.class);
	}

	@AfterAll
	static void stop() {
		onStandalone.close();
		onCluster.close();
	}

	@BeforeEach
	void clear() {
		for (CacheNode node : List.of(onStandalone, onCluster)) {
			List.of("tracks", "priced", "futures").forEach((name) -> node.cache(name).clear());
		}
		Finder.asked.clear();
	}

	private static Finder finder(String topology) {
		return (topology.equals("cluster") ? onCluster : onStandalone).get(Finder.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "cluster" })
	void sharesEntriesWithOneWhoReadsOne(String topology) {
		Finder finder = finder(topology);
		assertThat(finder.find(2)).isEqualTo(new Track(2));
		assertThat(finder.findAll(List.of(1, 2, 3))).containsExactly(Map.entry(1, new Track(1)),
				Map.entry(2, new Track(2)), Map.entry(3, new Track(3)));
		assertThat(Finder.asked).containsExactly(List.of(2), List.of(1, 3));
		assertThat(finder.find(3)).isEqualTo(new Track(3));
		assertThat(finder.findAll(List.of(3, 1))).containsOnlyKeys(1, 3);
		assertThat(Finder.asked).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "cluster" })
	void bringsListsInTheOrderOfTheKeys(String topology) {
		Finder finder = finder(topology);
		assertThat(finder.list(2, 1, 99, 2)).containsExactly(new Track(2), new Track(1), null, new Track(2));
		assertThat(finder.sorted(Set.of(1))).containsExactly(new Track(1));
		assertThat(finder.sorted(new LinkedHashSet<>(List.of(5, 99, 1, 4)))).containsExactly(new Track(5), new Track(1),
				new Track(4));
		assertThat(finder.list(4, 5)).containsExactly(new Track(4), new Track(5));
		assertThat(Finder.asked).containsExactly(List.of(2, 1, 99), List.of(5, 4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone" })
	void takesOtherParametersForPartOfEachKey(String topology) {
		Finder finder = finder(topology);
		assertThat(finder.prices("EUR", List.of(1, 2))).isEqualTo(Map.of(1, "1 EUR", 2, "2 EUR"));
		assertThat(finder.prices("USD", List.of(2))).isEqualTo(Map.of(2, "2 USD"));
		assertThat(finder.price("EUR", 2)).isEqualTo("2 EUR");
		assertThat(Finder.asked).containsExactly(List.of(1, 2), List.of(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "cluster" })
	void bringsFuturesAndPublishers(String topology) {
		Finder finder = finder(topology);
		assertThat(finder.later(List.of(1, 2))).succeedsWithin(Duration.ofSeconds(10))
			.isEqualTo(Map.of(1, new Track(1), 2, new Track(2)));
		Mono<List<Track>> mono = finder.mono(List.of(3, 2, 1));
		assertThat(Finder.asked).as("a publisher asks when it is subscribed to").hasSize(1);
		List<Track> tracks = List.of(new Track(3), new Track(2), new Track(1));
		assertThat(mono.block()).isEqualTo(tracks);
		assertThat(mono.block()).isEqualTo(tracks);
		assertThat(Finder.asked).containsExactly(List.of(1, 2), List.of(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "cluster" })
	void bringsTheValuesOfAFluxInTheOrderOfTheKeys(String topology) {
		Finder finder = finder(topology);
		Flux<Track> flux = finder.flux(List.of(3, 99, 1, 2));
		assertThat(Finder.asked).as("a publisher asks when it is subscribed to").isEmpty();
		List<Track> tracks = List.of(new Track(3), new Track(1), new Track(2));
		assertThat(flux.collectList().block()).isEqualTo(tracks);
		assertThat(flux.collectList().block()).isEqualTo(tracks);
		assertThat(finder.flux(List.of(1, 4)).collectList().block()).isEqualTo(List.of(new Track(1), new Track(4)));
		assertThat(Finder.asked).containsExactly(List.of(3, 99, 1, 2), List.of(4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone" })
	void cachesNothingUnlessTheConditionHolds(String topology) {
		Finder finder = finder(topology);
		for (int i = 0; i < 2; i++) {
			assertThat(finder.few(List.of(1, 2, 3))).containsOnlyKeys(1, 2, 3);
			assertThat(finder.few(List.of(1))).containsOnlyKeys(1);
		}
		assertThat(Finder.asked).containsExactly(List.of(1, 2, 3), List.of(1), List.of(1, 2, 3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "cluster" })
	void bringsAndDoesNotStoreWhatTheMethodForbids(String topology) {
		Finder finder = finder(topology);
		for (int i = 0; i < 2; i++) {
			assertThat(finder.known(1, 99, 2)).containsExactly(new Track(1), null, new Track(2));
			assertThat(finder.odd(List.of(4, 5))).succeedsWithin(Duration.ofSeconds(10))
				.isEqualTo(Map.of(4, new Track(4), 5, new Track(5)));
		}
		assertThat(Finder.asked).containsExactly(List.of(1, 99, 2), List.of(4, 5), List.of(99), List.of(4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone" })
	void throwsWhatTheMethodThrows(String topology) {
		Finder finder = finder(topology);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> finder.failing(List.of(1)))
			.withMessage("expected");
		assertThatIllegalStateException().isThrownBy(() -> finder.typed(List.of(1)))
			.withMessageContaining("CacheableManyIntegrationTests$Finder.typed' was asked for keys of")
			.withMessageContaining("java.lang.Long");
		assertThatIllegalStateException().isThrownBy(() -> finder.tooFew(List.of(1, 2)))
			.withMessageContaining("tooFew' brought a list of 1 for 2 keys");
		assertThat(((BulkCache) onStandalone.cache("tracks")).getAll(List.of(1, 2))).isEmpty();
	}

	record Track(int id) {

	}

	static class Finder {

		private static final List<List<Integer>> asked = Collections.synchronizedList(new ArrayList<>());

		@Cacheable("tracks")
		public Track find(int id) {
			asked.add(List.of(id));
			return new Track(id);
		}

		@CacheableMany("tracks")
		public Map<Integer, Track> findAll(Collection<Integer> ids) {
			asked.add(List.copyOf(ids));
			return tracks(ids.stream()).collect(Collectors.toMap(Track::id, (track) -> track));
		}

		@CacheableMany("tracks")
		public List<Track> list(int... ids) {
			asked.add(IntStream.of(ids).boxed().toList());
			return IntStream.of(ids).mapToObj((id) -> (id < 99) ? new Track(id) : null).toList();
		}

		@CacheableMany(cache = "tracks", resultKey = "#result.id()")
		public List<Track> sorted(Set<Integer> ids) {
			if (!ids.equals(Set.of(1))) {
				asked.add(List.copyOf(ids));
			}
			return tracks(ids.stream().sorted()).toList();
		}

		@Cacheable("priced")
		public String price(String currency, int id) {
			asked.add(List.of(id));
			return id + " " + currency;
		}

		@CacheableMany("priced")
		public Map<Integer, String> prices(String currency, List<Integer> ids) {
			asked.add(List.copyOf(ids));
			Map<Integer, String> prices = new LinkedHashMap<>();
			ids.forEach((id) -> prices.put(id, id + " " + currency));
			return prices;
		}

		@CacheableMany("futures")
		public CompletableFuture<Map<Integer, Track>> later(List<Integer> ids) {
			asked.add(List.copyOf(ids));
			return CompletableFuture
				.completedFuture(tracks(ids.stream()).collect(Collectors.toMap(Track::id, (track) -> track)));
		}

		@CacheableMany("futures")
		public Mono<List<Track>> mono(List<Integer> ids) {
			return Mono.fromSupplier(() -> {
				asked.add(List.copyOf(ids));
				return tracks(ids.stream()).toList();
			});
		}

		@CacheableMany(cache = "futures", resultKey = "#result.id()")
		public Flux<Track> flux(List<Integer> ids) {
			return Flux.defer(() -> {
				asked.add(List.copyOf(ids));
				return Flux.fromStream(tracks(ids.stream().sorted()));
			});
		}

		@CacheableMany(cache = "tracks", condition = "#ids.size() < 3")
		public Map<Integer, Track> few(List<Integer> ids) {
			asked.add(List.copyOf(ids));
			return tracks(ids.stream()).collect(Collectors.toMap(Track::id, (track) -> track));
		}

		@CacheableMany(cache = "tracks", unless = "#result == null")
		public List<Track> known(int... ids) {
			return list(ids);
		}

		@CacheableMany(cache = "futures", unless = "#result.id() % 2 == 0")
		public CompletableFuture<Map<Integer, Track>> odd(List<Integer> ids) {
			return later(ids);
		}

		@CacheableMany("tracks")
		public Map<Integer, Track> failing(List<Integer> ids) throws IOException {
			throw new IOException("expected");
		}

		@CacheableMany("tracks")
		public Map<Long, Track> typed(List<Integer> ids) {
			return Map.of(1L, new Track(1));
		}

		@CacheableMany("tracks")
		public List<Track> tooFew(List<Integer> ids) {
			return List.of(new Track(1));
		}

		private static Stream<Track> tracks(Stream<Integer> ids) {
			return ids.filter((id) -> id < 99).map(Track::new);
		}

	}

}
