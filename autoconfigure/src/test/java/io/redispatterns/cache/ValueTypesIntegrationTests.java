package io.redispatterns.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of every type that a method may return, written by one node and read by another.
 */
class ValueTypesIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode writer;

	private static CacheNode reader;

	private static final AtomicInteger calls = new AtomicInteger();

	@BeforeAll
	static void start() {
		writer = CacheNode.start(redis, List.of(), Catalogue.class, Proxied.class);
		reader = CacheNode.start(redis, List.of(), Catalogue.class, Proxied.class);
	}

	@AfterAll
	static void stop() {
		writer.close();
		reader.close();
	}

	@BeforeEach
	void reset() {
		calls.set(0);
		redis.command("FLUSHALL");
	}

	static Stream<Function<Catalogue, Object>> methods() {
		return Stream.of((it) -> it.song(1), (it) -> it.find(2), (it) -> it.findMany(3), (it) -> it.list(4),
				(it) -> it.set(5), (it) -> it.map(6), (it) -> it.optional(7), (it) -> it.future(8).join(),
				(it) -> it.mono(9).block(), (it) -> it.flux(10).collectList().block(), (it) -> it.count(11),
				(it) -> it.mood(12), (it) -> it.shape(13), (it) -> it.shapes(14), (it) -> it.bytes(15).length,
				(it) -> List.of(it.array(16)), (it) -> it.futureList(17).join(), (it) -> it.synced(18),
				(it) -> it.syncedMono(19).block());
	}

	@ParameterizedTest
	@MethodSource("methods")
	void readsWhatAnotherNodeHasWritten(Function<Catalogue, Object> method) {
		Object written = method.apply(writer.get(Catalogue.class));
		assertThat(calls).hasValue(1);
		assertThat(method.apply(reader.get(Catalogue.class))).isEqualTo(written);
		assertThat(calls).as("calls").hasValue(1);
	}

	static Stream<Function<Catalogue, Object>> nulls() {
		return Stream.of((it) -> it.song(-1), (it) -> it.find(-1), (it) -> it.list(-1), (it) -> it.optional(-1),
				(it) -> it.future(-1).join(), (it) -> Optional.ofNullable(it.mono(-1).block()), (it) -> it.mood(-1),
				(it) -> it.shape(-1), (it) -> it.array(-1), (it) -> it.synced(-1),
				(it) -> Optional.ofNullable(it.syncedMono(-1).block()));
	}

	@ParameterizedTest
	@MethodSource("nulls")
	void cachesThatThereIsNothing(Function<Catalogue, Object> method) {
		Object written = method.apply(writer.get(Catalogue.class));
		assertThat(calls).hasValue(1);
		assertThat(method.apply(reader.get(Catalogue.class))).isEqualTo(written);
		assertThat(calls).as("calls").hasValue(1);
	}

	@Test
	void readsWhatWasPutByAnnotation() {
		Song song = writer.get(Catalogue.class).save(new Song(20, "put", Mood.CALM));
		assertThat(reader.get(Catalogue.class).song(20)).isEqualTo(song);
		writer.get(Catalogue.class).rename(new Song(20, "renamed", Mood.CALM));
		assertThat(reader.get(Catalogue.class).song(20).name()).isEqualTo("renamed");
		assertThat(reader.cache("names").get(20, String.class)).isEqualTo("renamed");
		writer.get(Catalogue.class).forget(20);
		assertThat(reader.cache("songs").get(20)).isNull();
		assertThat(reader.cache("names").get(20)).isNull();
	}

	@Test
	void findsAnnotationsOfInterfaces() {
		Song song = writer.get(Finder.class).byName("x");
		assertThat(reader.get(Finder.class).byName("x")).isEqualTo(song);
		assertThat(calls).hasValue(1);
	}

	enum Mood {

		CALM, LOUD

	}

	record Song(int id, String name, Mood mood) {

		static Song of(int id) {
			return new Song(id, "song " + id, Mood.LOUD);
		}

	}

	sealed interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	record Square(double side) implements Shape {

	}

	interface Finder {

		@Cacheable("byName")
		Song byName(String name);

	}

	static class Proxied implements Finder {

		@Override
		public Song byName(String name) {
			return Catalogue.counted(1, Song.of(1));
		}

	}

	abstract static class Repository<T, K> {

		abstract T load(int id);

		@Cacheable("generic")
		public T find(int id) {
			return Catalogue.counted(id, load(id));
		}

		@Cacheable("genericMany")
		public Map<K, List<T>> findMany(int id) {
			return Catalogue.counted(id, Map.of(key(), List.of(load(id))));
		}

		abstract K key();

	}

	@CacheConfig(cacheNames = "songs")
	static class Catalogue extends Repository<Song, String> {

		static <T> T counted(int id, T value) {
			calls.incrementAndGet();
			return (id < 0) ? null : value;
		}

		@Override
		Song load(int id) {
			return Song.of(id);
		}

		@Override
		String key() {
			return "key";
		}

		@Cacheable
		public Song song(int id) {
			return counted(id, Song.of(id));
		}

		@CachePut(key = "#song.id()")
		public Song save(Song song) {
			return song;
		}

		@Caching(put = @CachePut(key = "#song.id()"), evict = @CacheEvict(cacheNames = "list", allEntries = true))
		public Song rename(Song song) {
			name(song.id(), song.name());
			return song;
		}

		private void name(int id, String name) {
			writer.cache("names").put(id, name);
		}

		@Caching(evict = { @CacheEvict, @CacheEvict(cacheNames = "names") })
		public void forget(int id) {
		}

		@Cacheable("names")
		public String nameOf(int id) {
			return "name";
		}

		@Cacheable("list")
		public List<Song> list(int id) {
			return counted(id, List.of(Song.of(id), Song.of(id + 1)));
		}

		@Cacheable("set")
		public Set<Song> set(int id) {
			return counted(id, Set.of(Song.of(id)));
		}

		@Cacheable("map")
		public Map<Integer, Song> map(int id) {
			return counted(id, Map.of(id, Song.of(id)));
		}

		@Cacheable("optional")
		public Optional<Song> optional(int id) {
			return Optional.ofNullable(counted(id, Song.of(id)));
		}

		@Cacheable("future")
		public CompletableFuture<Song> future(int id) {
			return CompletableFuture.completedFuture(counted(id, Song.of(id)));
		}

		@Cacheable("futureList")
		public CompletableFuture<List<Song>> futureList(int id) {
			return CompletableFuture.completedFuture(counted(id, List.of(Song.of(id))));
		}

		@Cacheable("mono")
		public Mono<Song> mono(int id) {
			return Mono.fromSupplier(() -> counted(id, Song.of(id)));
		}

		@Cacheable("flux")
		public Flux<Song> flux(int id) {
			return Flux.defer(() -> Flux.fromIterable(counted(id, List.of(Song.of(id), Song.of(id)))));
		}

		@Cacheable("count")
		public int count(int id) {
			return counted(id, id);
		}

		@Cacheable("mood")
		public Mood mood(int id) {
			return counted(id, Mood.CALM);
		}

		@Cacheable("shape")
		public Shape shape(int id) {
			return counted(id, new Circle(id));
		}

		@Cacheable("shapes")
		public List<Shape> shapes(int id) {
			return counted(id, List.of(new Circle(id), new Square(id)));
		}

		@Cacheable("bytes")
		public byte[] bytes(int id) {
			return counted(id, new byte[id]);
		}

		@Cacheable("array")
		public Song[] array(int id) {
			return counted(id, new Song[] { Song.of(id) });
		}

		@Cacheable(cacheNames = "synced", sync = true)
		public Song synced(int id) {
			return counted(id, Song.of(id));
		}

		@Cacheable(cacheNames = "syncedMono", sync = true)
		public Mono<Song> syncedMono(int id) {
			return Mono.fromSupplier(() -> counted(id, Song.of(id)));
		}

	}

}
