package io.redispatterns.security;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.Patience;
import io.redispatterns.advisor.PatternsEndpoint;
import io.redispatterns.hash.HashStores;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.security.EveryPattern.Track;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.beans.BeansEndpoint;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A password, a key, a value and a tag that nobody may read, looked for wherever an
 * operator reads: while all is well, while Redis takes the password no more, hangs, or
 * holds garbage.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeaksIntegrationTests {

	private static final String PASSWORD = "pass-c4n4ry";

	private static final String VALUE = "value-c4n4ry";

	private static final String KEY = "key-c4n4ry";

	private static final String SECRET = "c4n4ry";

	@Redis({ "--requirepass", PASSWORD })
	static StandaloneRedis redis;

	private static EveryPattern application;

	@BeforeAll
	static void start() {
		application = EveryPattern.start(redis.springProperties(),
				Patience.without("logging.level.io.redispatterns=DEBUG", "redis.resilience.command-timeout=250ms",
						"redis.cache.caches.small.max-value-size=100B", "management.endpoints.web.exposure.include=*"))
			.connected();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Order(1)
	void tellsNothingWhileAllIsWell(CapturedOutput output) {
		useSecrets();
		application.cache("small").put(KEY, VALUE.repeat(100));
		assertThat(failures()).doesNotContain(SECRET);
		assertUntold(output);
	}

	@Test
	@Order(2)
	void tellsNothingOfWhatCannotBeRead(CapturedOutput output) {
		useSecrets();
		try (RedisConnection connection = application.get(RedisConnectionFactory.class).getConnection()) {
			for (Object name : (List<?>) redis.command("KEYS", EveryPattern.NAMESPACE + ":*c4n4ry*")) {
				byte[] key = name.toString().getBytes(StandardCharsets.UTF_8);
				connection.keyCommands().unlink(key);
				connection.stringCommands().set(key, ("{\"name\":\"" + VALUE + "\"").getBytes(StandardCharsets.UTF_8));
			}
		}
		useSecrets();
		assertThat(failures()).doesNotContain(SECRET);
		assertUntold(output);
	}

	@Test
	@Order(3)
	void goesOnWhenThePasswordIsTakenBackAndComesBackWithIt(CapturedOutput output) {
		redis.command("CONFIG", "SET", "requirepass", "another");
		redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
		RedisExecutor executor = application.get(RedisExecutor.class);
		EveryPattern.await().until(() -> {
			assertThat(application.shop().track(1)).isEqualTo(Track.of(1));
			return output.getOut().contains("No connection to the server: WRONGPASS");
		});
		useSecrets();
		String thrown = failures();
		assertThat(thrown).contains("RedisFailureException").doesNotContain(SECRET);
		redis.command("CONFIG", "SET", "requirepass", PASSWORD);
		EveryPattern.await().until(() -> {
			application.useCaches(1);
			return executor.availability().outage() == null;
		});
		assertUntold(output);
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN") && line.contains("Redis does not")))
			.hasSizeBetween(1, 2)
			.last()
			.asString()
			.contains("WRONGPASS");
	}

	@Test
	@Order(4)
	void tellsNothingWhileTheServerHangs(CapturedOutput output) {
		redis.server().freeze();
		useSecrets();
		String thrown = failures();
		redis.server().thaw();
		assertThat(thrown).doesNotContain(SECRET);
		EveryPattern.await().until(() -> application.get(RedisExecutor.class).availability().outage() == null);
		assertUntold(output);
	}

	@Test
	@Order(5)
	void tellsNothingWhileTheServerIsFullOrGone(CapturedOutput output) {
		redis.command("CONFIG", "SET", "maxmemory", "1");
		useSecrets();
		StringBuilder thrown = new StringBuilder(failures());
		redis.command("CONFIG", "SET", "maxmemory", "0");
		redis.server().kill();
		EveryPattern.await().until(() -> application.get(RedisExecutor.class).availability().outage() != null);
		useSecrets();
		thrown.append(failures());
		redis.server().restart();
		EveryPattern.await().until(() -> application.get(RedisExecutor.class).availability().outage() == null);
		useSecrets();
		assertThat(thrown).contains("OOM", "The connection is lost", "WriteBehindException").doesNotContain(SECRET);
		assertUntold(output);
	}

	@Test
	@Order(6)
	void showsNothingOnEndpoints() throws Exception {
		useSecrets();
		PatternsEndpoint patterns = application.get(PatternsEndpoint.class);
		ConfigurationPropertiesReportEndpoint properties = new ConfigurationPropertiesReportEndpoint(List.of(),
				Show.ALWAYS);
		properties.setApplicationContext(application.context());
		Map<String, Object> shown = Map.of("patterns", patterns.caches(), "entry",
				patterns.cache("secret", KEY + "2", null).getBody(), "properties",
				properties.configurationPropertiesWithPrefix("redis"), "beans",
				application.get(BeansEndpoint.class).beans(), "caches",
				application.get(CacheManager.class).getCacheNames(), "health",
				application.context()
					.getBeansOfType(HealthIndicator.class)
					.values()
					.stream()
					.map((indicator) -> String.valueOf(indicator.health(true)))
					.toList(),
				"meters",
				application.get(MeterRegistry.class)
					.getMeters()
					.stream()
					.map((meter) -> meter.getId().toString())
					.toList());
		String text = JsonMapper.shared().writeValueAsString(shown);
		assertThat(text).contains("redis.cache", "UP").doesNotContain(SECRET);
	}

	private static void useSecrets() {
		application.cache("secret").put(KEY, VALUE);
		application.cache("secret").get(KEY);
		application.cache("secret").get(KEY + "2", () -> VALUE);
		application.cache("secret").evict(KEY);
		application.cache("near").put(9, new Track(9, VALUE));
		application.shop().near(9);
		RateLimiter limiter = application.get(RateLimiter.class);
		limiter.acquire(RateLimitRequest.of(KEY, "search"));
		application.shop().save(new Track(10, VALUE));
	}

	/**
	 * What callers may get to see of calls that fail.
	 */
	private static String failures() {
		StringWriter text = new StringWriter();
		List<Callable<Object>> calls = List.of(
				() -> application.get(HashStores.class).of("secret", Track.class).put(KEY, new Track(1, VALUE)),
				() -> application.get(HashStores.class).of("secret", Track.class).get(KEY),
				() -> application.get(HashStores.class).of("secret", Track.class).setField(KEY, "name", VALUE),
				() -> application.get(HashStores.class).of("secret", Track.class).setField(KEY, "absent", VALUE),
				() -> application.shop().play(VALUE), () -> {
					application.cache("tracks").put(1, new Secretive());
					return "";
				});
		for (Callable<Object> call : calls) {
			try {
				call.call();
			}
			catch (Exception ex) {
				ex.printStackTrace(new PrintWriter(text));
			}
		}
		return text.toString();
	}

	/**
	 * A key may be read at DEBUG, nothing else at all.
	 */
	private static void assertUntold(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain(PASSWORD, VALUE);
		assertThat(output.getAll().lines().filter((line) -> !line.contains(" DEBUG ")))
			.noneMatch((line) -> line.contains(KEY));
	}

	/**
	 * What cannot be written, and says too much.
	 */
	static class Secretive {

		public String getName() {
			throw new IllegalStateException(VALUE);
		}

		@Override
		public String toString() {
			return VALUE;
		}

	}

}
