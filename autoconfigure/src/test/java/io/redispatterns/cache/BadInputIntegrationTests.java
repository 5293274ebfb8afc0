package io.redispatterns.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys and values that no one should use, and bytes that no cache has written.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadInputIntegrationTests {

	private static final String KEY = "test:tracks:{i1}";

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final RedisCacheAside tracks = (RedisCacheAside) node.cache("tracks");

	private final AtomicInteger loads = new AtomicInteger();

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis,
				List.of("redis.cache.caches.small.max-value-size=100B", "redis.cache.caches.tagged.tags=title",
						"redis.cache.caches.misfit.tags=missing",
						"redis.cache.caches.misfit.type=" + Track.class.getName()),
				Tracks.class);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@BeforeEach
	void clear() {
		redis.command("FLUSHALL");
	}

	@Test
	void refusesAnAbsentKeyAsSpringDoes() {
		assertThatIllegalArgumentException().isThrownBy(() -> node.get(Tracks.class).keyed(null))
			.withMessageContaining("Null key returned for cache operation");
		assertThatIllegalArgumentException().isThrownBy(() -> this.tracks.get(nothing()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.tracks.put(nothing(), null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.tracks.evict(nothing()));
	}

	@SuppressWarnings("NullAway")
	private static Object nothing() {
		return null;
	}

	static Stream<Object> keys() {
		String large = "k".repeat(10 << 20);
		return Stream.of("", " ", "}", "{", "{}", "a:b", "a:{b}:c", "\r\n", "\0", "~g", "~t:x", ":l", "ü\uD83D\uDE00",
				large, large + "x", new byte[0], new byte[1 << 20], new byte[] { -1, 0, 13, 10 });
	}

	@Test
	void keepsKeysOfAnyFormApart() {
		List<Object> keys = keys().toList();
		for (int i = 0; i < keys.size(); i++) {
			this.tracks.put(keys.get(i), new Track(i, ""));
		}
		for (int i = 0; i < keys.size(); i++) {
			assertThat(this.tracks.get(keys.get(i), Track.class)).isEqualTo(new Track(i, ""));
			this.tracks.evict(keys.get(i));
			assertThat(this.tracks.get(keys.get(i))).isNull();
		}
		assertThat((List<?>) redis.command("KEYS", "*:tracks:*")).as("keys left but leases, one of them the generation")
			.filteredOn((key) -> !key.toString().endsWith("}:l"))
			.hasSize(1);
	}

	@Test
	void returnsAValueOverTheLimitWithoutStoringIt(CapturedOutput output) {
		RedisCacheAside small = (RedisCacheAside) node.cache("small");
		Track large = new Track(1, "x".repeat(200));
		small.put(1, new Track(1, "old"));
		small.put(1, large);
		assertThat(small.get(1)).as("the older entry").isNull();
		assertThat(node.get(Tracks.class).small(1, large)).isEqualTo(large);
		assertThat(small.get(1, () -> large)).isEqualTo(large);
		assertThat(small.putIfAbsent(1, large)).isNull();
		assertThat(small.get(1)).isNull();
		assertThat(small.statistics().of(Event.OVERSIZED)).isEqualTo(4);
		assertThat(output.getOut().split("A value is too large and is not stored", -1)).hasSize(2);
		assertThat(output).contains("cache 'small'").doesNotContain("xxxx");
	}

	@Test
	void returnsALoadedValueThatCannotBeWritten() {
		Object odd = new Thread("odd");
		Object loaded = this.tracks.get(1, () -> odd);
		assertThat(loaded).isSameAs(odd);
		assertThat(this.tracks.statistics().of(Event.UNWRITABLE)).isEqualTo(1);
		assertThat(this.tracks.get(1)).isNull();
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> this.tracks.put(1, odd))
			.withMessageContaining("cache 'tracks'")
			.withMessageContaining("declare that type");
	}

	@Test
	void refusesTagsThatAreTooManyOrDoNotFit() {
		Cache tagged = node.cache("tagged");
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> tagged.put(1, new Track(1, "x".repeat(70_000))))
			.withMessageContaining("cache 'tagged'");
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> node.cache("misfit").put(1, new Track(1, "")))
			.withMessageContaining("cache 'misfit'")
			.withMessageContaining("'missing'");
	}

	static Stream<UnaryOperator<byte[]>> damages() {
		Stream<UnaryOperator<byte[]>> cuts = IntStream.range(0, 16)
			.mapToObj((i) -> (entry) -> Arrays.copyOf(entry, 3 * i));
		Stream<UnaryOperator<byte[]>> foreign = Stream.of("text", "{\"id\":1}", "\u00AC\u00ED\0\5sr")
			.map((text) -> (entry) -> text.getBytes(StandardCharsets.ISO_8859_1));
		Stream<UnaryOperator<byte[]>> flags = IntStream.range(0, Byte.SIZE)
			.mapToObj((bit) -> (entry) -> flip(entry, 16 + bit));
		return Stream.of(cuts, foreign, flags).flatMap(Function.identity());
	}

	@ParameterizedTest
	@MethodSource("damages")
	void loadsOnceWhatItCannotRead(UnaryOperator<byte[]> damage) {
		this.tracks.evict(1);
		this.tracks.put(1, new Track(1, "canary"));
		long before = this.tracks.statistics().of(Event.UNREADABLE);
		store(KEY, damage.apply(bytes(KEY)));
		replacesWhatIsThere();
		assertThat(this.tracks.statistics().of(Event.UNREADABLE) - before).isEqualTo(1);
	}

	@Test
	void survivesEveryFlippedBit() {
		this.tracks.put(1, new Track(1, "canary"));
		byte[] entry = bytes(KEY);
		for (int bit = 0; bit < Byte.SIZE * entry.length; bit++) {
			store(KEY, flip(entry, bit));
			assertThat(this.tracks.get(1, () -> new Track(1, "loaded"))).as("bit %d", bit).isNotNull();
			assertThat(this.tracks.retrieve(1)).as("bit %d", bit).isNotNull();
		}
	}

	private static byte[] flip(byte[] entry, int bit) {
		byte[] flipped = entry.clone();
		flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
		return flipped;
	}

	@ParameterizedTest
	@ValueSource(strings = { "LPUSH", "SADD", "PFADD" })
	void loadsOnceWhatIsOfAnotherRedisType(String command) {
		redis.command(command, KEY, "x");
		replacesWhatIsThere();
	}

	private void replacesWhatIsThere() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.tracks.get(1, this::load)).isEqualTo(new Track(1, "loaded"));
		}
		assertThat(this.loads).hasValue(1);
		assertThat(this.tracks.putIfAbsent(1, new Track(1, "other"))).isNotNull();
	}

	private Track load() {
		this.loads.incrementAndGet();
		return new Track(1, "loaded");
	}

	@Test
	void neverLoadsAClassThatBytesName() {
		this.tracks.put(1, new Track(1, "canary"));
		byte[] entry = bytes(KEY);
		String header = new String(entry, 0, 12, StandardCharsets.ISO_8859_1);
		String name = Canary.class.getName();
		for (String json : List.of("[\"" + name + "\",{}]", "{\"@class\":\"" + name + "\",\"id\":1,\"title\":\"\"}",
				"{\"id\":1,\"title\":[\"" + name + "\",{}]}")) {
			store(KEY, (header + json).getBytes(StandardCharsets.ISO_8859_1));
			this.tracks.get(1, this::load);
			node.cache("untyped").put(1, "x");
			store("test:untyped:{i1}", (header + json).getBytes(StandardCharsets.ISO_8859_1));
			node.cache("untyped").get(1, () -> "loaded");
		}
		assertThat(System.getProperty("canary")).as("loaded by").isNull();
	}

	private static byte[] bytes(String key) {
		try (RedisConnection connection = node.get(RedisConnectionFactory.class).getConnection()) {
			return connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static void store(String key, byte[] bytes) {
		try (RedisConnection connection = node.get(RedisConnectionFactory.class).getConnection()) {
			connection.stringCommands().set(key.getBytes(StandardCharsets.UTF_8), bytes);
		}
	}

	record Track(int id, String title) {

	}

	static class Canary {

		static {
			System.setProperty("canary", "loaded");
		}

	}

	static class Tracks {

		@Cacheable(cacheNames = "tracks", key = "#key")
		public Track keyed(String key) {
			return new Track(1, key);
		}

		@Cacheable("small")
		public Track small(int id, Track track) {
			return track;
		}

		@Cacheable("tagged")
		public Track tagged(int id) {
			return new Track(id, "");
		}

	}

}
