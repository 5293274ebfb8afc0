package io.redispatterns.cache;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.cache.Repository.Finder;
import io.redispatterns.cache.Repository.Mood;
import io.redispatterns.cache.Repository.Proxied;
import io.redispatterns.cache.Repository.Song;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of every type that a method may return, written by one node and read by another.
 */
class ValueTypesIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode writer;

	private static CacheNode reader;

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
		Catalogue.calls.set(0);
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
		assertThat(Catalogue.calls).hasValue(1);
		assertThat(method.apply(reader.get(Catalogue.class))).isEqualTo(written);
		assertThat(Catalogue.calls).as("calls").hasValue(1);
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
		assertThat(Catalogue.calls).hasValue(1);
		assertThat(method.apply(reader.get(Catalogue.class))).isEqualTo(written);
		assertThat(Catalogue.calls).as("calls").hasValue(1);
	}

	@Test
	void readsWhatWasPutByAnnotation() {
		Song song = writer.get(Catalogue.class).save(new Song(20, "put", Mood.CALM));
		assertThat(reader.get(Catalogue.class).song(20)).isEqualTo(song);
		writer.cache("names").put(20, "put");
		writer.get(Catalogue.class).rename(new Song(20, "renamed", Mood.CALM));
		assertThat(reader.get(Catalogue.class).song(20).name()).isEqualTo("renamed");
		assertThat(reader.cache("names").get(20)).isNull();
		writer.cache("names").put(20, "renamed");
		writer.get(Catalogue.class).forget(20);
		assertThat(reader.cache("songs").get(20)).isNull();
		assertThat(reader.cache("names").get(20)).isNull();
	}

	@Test
	void findsAnnotationsOfInterfaces() {
		Song song = writer.get(Finder.class).byName("x");
		assertThat(reader.get(Finder.class).byName("x")).isEqualTo(song);
		assertThat(Catalogue.calls).hasValue(1);
	}

}
