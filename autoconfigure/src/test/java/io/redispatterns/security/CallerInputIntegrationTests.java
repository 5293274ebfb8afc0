package io.redispatterns.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.cache.CacheInspector;
import io.redispatterns.security.EveryPattern.Track;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller of the application may send, and what somebody who may publish.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallerInputIntegrationTests {

	private static final long SEED = Long.getLong("input.seed", new Random().nextLong());

	private static final int KEYS = 5_000;

	private static final int NEAR = 100;

	private static final int FORGED = 50_000;

	@Redis
	static StandaloneRedis redis;

	private static EveryPattern application;

	@BeforeAll
	static void start() {
		redis.command("CONFIG", "RESETSTAT");
		application = EveryPattern
			.start(redis.springProperties(), "redis.cache.caches.near.near.max-size=" + NEAR,
					"logging.level.io.redispatterns=DEBUG", "redis.cache.caches.named.tags=name",
					"redis.cache.caches.named.type=" + Track.class.getName())
			.connected();
	}

	@AfterAll
	static void stop() {
		application.close();
		assertThat(redis.commandStats()).as("walks over all keys, of all tests of this class")
			.doesNotContainKeys("keys", "scan", "flushall", "flushdb", "randomkey");
	}

	@Test
	void clearsACacheNamedLikeAPatternAlone() {
		List<String> names = List.of("use*", "[a-z]", "?", "user", "a", "b");
		for (String name : List.of("use*", "[a-z]", "?")) {
			names.forEach((each) -> application.cache(each).put(1, "kept"));
			application.cache(name).clear();
			assertThat(names.stream().filter((each) -> application.cache(each).get(1) == null)).containsExactly(name);
		}
	}

	@Test
	void evaluatesNothingThatACallerSends() {
		String attack = "T(java.lang.System).setProperty('canary','sung')";
		for (String text : List.of(attack, "#{" + attack + "}", "${user.home}", "#result." + attack)) {
			application.shop().play(text);
			application.shop().plays(text);
			application.cache("named").put(text, new Track(1, text));
			application.shop().save(new Track(text.length(), text));
			assertThat(application.cache("named").get(text, Track.class)).isEqualTo(new Track(1, text));
			assertThat(Objects.requireNonNull(application.get(CacheInspector.class).header("named", text)).tags())
				.containsExactly(text);
			EveryPattern.await().until(() -> application.shop().written().contains(text));
		}
		assertThat(System.getProperty("canary")).isNull();
	}

	@Test
	void writesOneLineForAKeyWithLineBreaks(CapturedOutput output) {
		String key = "a\r\nFAKE line\nFAKE line\u2028FAKE";
		application.cache("tracks").put(key, new Track(1, ""));
		application.cache("tracks").evict(key);
		application.cache("open").put(key, "\r\nFAKE");
		application.get(RedisConnectionFactory.class)
			.getConnection()
			.publish((EveryPattern.NAMESPACE + ":inv:writes").getBytes(StandardCharsets.UTF_8),
					key.getBytes(StandardCharsets.UTF_8));
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("FAKE"));
	}

	@Test
	void staysSmallWhateverKeysCallersInvent() {
		System.out.println("input.seed=" + SEED);
		Random random = new Random(SEED);
		Cache near = application.cache("near");
		near.get(0, () -> Track.of(0));
		long meters = application.get(MeterRegistry.class).getMeters().size();
		for (int i = 0; i < KEYS; i++) {
			near.get(random.nextLong(), () -> Track.of(0));
		}
		assertThat(application.get(CacheInspector.class).counts("near")).isNotEmpty();
		assertThat(application.get(MeterRegistry.class).find("redis.cache.near.size").tag("cache", "near").gauge())
			.satisfies((size) -> assertThat(Objects.requireNonNull(size).value()).isLessThanOrEqualTo(NEAR));
		assertThat(application.get(MeterRegistry.class).getMeters()).hasSizeLessThan((int) meters + 20);
		Map<String, String> keyspace = redis.server().info("keyspace");
		String[] counted = Objects.requireNonNull(keyspace.get("db0")).split("[=,]");
		assertThat(Integer.parseInt(counted[1])).isGreaterThan(KEYS);
		assertThat(Integer.parseInt(counted[1]) - Integer.parseInt(counted[3])).as("keys that never end")
			.isLessThan(50);
	}

	@Test
	void loadsNothingTwiceForForgedMessages() {
		Cache near = application.cache("near");
		AtomicInteger loads = new AtomicInteger();
		List<Long> keys = new ArrayList<>();
		for (long key = 0; key < 20; key++) {
			keys.add(-key);
			near.get(-key, () -> Track.of(loads.incrementAndGet()));
		}
		int before = loads.get();
		byte[] channel = (EveryPattern.NAMESPACE + ":inv:writes").getBytes(StandardCharsets.UTF_8);
		byte[] clear = HexFormat.of()
			.parseHex("0163" + "00000000000000ff" + "0000000000000000" + "0000000000000000" + "0004" + "6e656172");
		try (RedisConnection connection = application.get(RedisConnectionFactory.class).getConnection()) {
			for (int i = 0; i < FORGED; i += 1000) {
				connection.openPipeline();
				for (int j = 0; j < 1000; j++) {
					connection.publish(channel, clear);
				}
				connection.closePipeline();
				keys.forEach((key) -> assertThat(near.get(key, () -> Track.of(loads.incrementAndGet()))).isNotNull());
			}
		}
		assertThat(loads).as("loads that forged messages caused").hasValue(before);
	}

}
