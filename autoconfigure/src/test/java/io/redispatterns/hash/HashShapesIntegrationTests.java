package io.redispatterns.hash;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Hashes that another version of the application has written, that nobody has, and those
 * of a full server.
 */
@ExtendWith(OutputCaptureExtension.class)
class HashShapesIntegrationTests {

	private static final String HASH = "test:hash:shapes:{i1}";

	@Redis
	static StandaloneRedis server;

	private HashNode oldNode;

	private HashNode newNode;

	private HashStore<Before> before;

	private HashStore<After> after;

	@BeforeEach
	void start() {
		server.command("FLUSHALL");
		server.command("CONFIG", "SET", "maxmemory", "0");
		this.oldNode = HashNode.start(server.springProperties()).awaitConnection();
		this.newNode = HashNode.start(server.springProperties()).awaitConnection();
		this.before = this.oldNode.store("shapes", Before.class);
		this.after = this.newNode.store("shapes", After.class);
	}

	@AfterEach
	void stop() {
		server.command("CONFIG", "SET", "maxmemory", "0");
		this.oldNode.close();
		this.newNode.close();
	}

	@Test
	void missesObjectWithoutAPropertyThatWasAdded() {
		this.before.put(1, new Before("a", 1));
		assertThat(this.after.get(1)).isEmpty();
		assertThat(this.after.getField(1, "name", String.class)).contains("a");
		assertThat(this.after.get(1, () -> new After("loaded", 2, true))).isEqualTo(new After("loaded", 2, true));
		assertThat(this.after.get(1)).contains(new After("loaded", 2, true));
	}

	@Test
	void readsObjectWithAPropertyThatWasRemoved() {
		this.after.put(1, new After("a", 1, true));
		assertThat(this.before.get(1)).contains(new Before("a", 1));
		this.before.put(1, new Before("b", 2));
		assertThat(server.command("HKEYS", HASH)).asInstanceOf(InstanceOfAssertFactories.list(Object.class))
			.containsExactlyInAnyOrder("~", "name", "number");
		assertThat(this.after.get(1)).isEmpty();
	}

	@Test
	void removesObjectOfAnotherShapeInsteadOfWritingAFieldOfIt() {
		this.before.put(1, new Before("a", 1));
		assertThat(this.after.setField(1, "added", true)).isFalse();
		assertThat(this.before.get(1)).isEmpty();
		this.after.put(1, new After("a", 1, true));
		assertThat(this.before.increment(1, "number", 1)).isEmpty();
		assertThat(this.after.get(1)).isEmpty();
		assertThat(server.command("DBSIZE")).isEqualTo(0L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "\"1\"", "1,\"name\":\"injected\"", "1}", "{", "\"", "null", "1.5", "1 2",
			"[\"java.net.URL\",\"http://localhost\"]", "{\"@class\":\"java.net.URL\"}" })
	void takesWhatIsNoObjectOfTheClassForAbsent(String json, CapturedOutput output) {
		this.before.put(1, new Before("a", 1));
		server.command("HSET", HASH, "number", json);
		assertThat(this.before.get(1)).isEmpty();
		assertThat(this.before.getField(1, "number", int.class)).isEmpty();
		assertThat(this.before.getAll(List.of(1, 2))).isEmpty();
		assertThat(((RedisHashStore<?>) this.before).statistics().of(Event.UNREADABLE)).isPositive();
		assertThat(output.getOut().split("taken for absent", -1)).as("one WARN").hasSize(2);
		assertThat(this.before.get(1, () -> new Before("loaded", 2))).isEqualTo(new Before("loaded", 2));
		assertThat(this.before.get(1)).contains(new Before("loaded", 2));
	}

	@Test
	void takesForeignKeysForAbsentAndReplacesThem() {
		List<String[]> foreign = List.of(new String[] { "SET", HASH, "text" },
				new String[] { "HSET", HASH, "name", "\"a\"", "number", "1" },
				new String[] { "HSET", HASH, "~", "2:future", "name", "\"a\"", "number", "1" });
		for (String[] command : foreign) {
			server.command("DEL", HASH);
			server.command(command);
			assertThat(this.before.get(1)).isEmpty();
			assertThat(this.before.setField(1, "name", "b")).isFalse();
			server.command(command);
			assertThat(this.before.get(1, () -> new Before("c", 3))).isNotNull();
			assertThat(this.before.get(1)).contains(new Before("c", 3));
			server.command("DEL", HASH);
			server.command(command);
			assertThat(this.before.put(1, new Before("d", 4))).isTrue();
			assertThat(this.before.get(1)).contains(new Before("d", 4));
		}
	}

	@Test
	void leavesNothingOldOnAFullServer() {
		this.before.put(1, new Before("a", 1));
		server.command("CONFIG", "SET", "maxmemory", "1");
		assertThat(this.before.get(1)).contains(new Before("a", 1));
		assertThatExceptionOfType(RedisFailureException.class).isThrownBy(() -> this.before.put(1, new Before("b", 2)))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.FULL));
		assertThat(this.before.get(1)).isEmpty();
		assertThat(this.before.get(1, () -> new Before("c", 3))).isEqualTo(new Before("c", 3));
		assertThat(this.before.get(1)).isEmpty();
		for (Map.Entry<String, Object> each : Map.<String, Object>of("name", "b", "number", 2).entrySet()) {
			server.command("CONFIG", "SET", "maxmemory", "0");
			this.before.put(1, new Before("a", 1));
			server.command("CONFIG", "SET", "maxmemory", "1");
			assertThatExceptionOfType(RedisFailureException.class)
				.isThrownBy(() -> this.before.setField(1, each.getKey(), each.getValue()));
			assertThat(this.before.get(1)).isEmpty();
		}
	}

	@Test
	void addsNothingOnAFullServer() {
		HashStore<Track> tracks = this.oldNode.store("tracks", Track.class);
		for (Number delta : List.of(1L, BigDecimal.ONE)) {
			server.command("CONFIG", "SET", "maxmemory", "0");
			tracks.put(1, Track.SONG);
			server.command("CONFIG", "SET", "maxmemory", "1");
			assertThatExceptionOfType(RedisFailureException.class).isThrownBy(() -> add(tracks, delta))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.FULL));
			assertThat(tracks.get(1)).isEmpty();
		}
	}

	private static void add(HashStore<Track> tracks, Number delta) {
		if (delta instanceof BigDecimal decimal) {
			tracks.increment(1, "unitPrice", decimal);
		}
		else {
			tracks.increment(1, "plays", delta.longValue());
		}
	}

	record Before(String name, int number) {

	}

	record After(String name, int number, boolean added) {

	}

}
