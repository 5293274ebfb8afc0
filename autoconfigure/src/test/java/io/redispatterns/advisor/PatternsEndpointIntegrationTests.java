package io.redispatterns.advisor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.redispatterns.Patience;
import io.redispatterns.advisor.PatternsEndpoint.Type;
import io.redispatterns.cache.CacheInspector;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The endpoint over caches of a real server.
 */
class PatternsEndpointIntegrationTests {

	private static final String SECRET = "secret-value";

	@Redis
	static StandaloneRedis redis;

	private static AnnotationConfigApplicationContext context;

	private final Cache cache = Objects
		.requireNonNull(context.getBean(CacheManager.class).getCache(UUID.randomUUID().toString()));

	private final PatternsEndpoint endpoint = new PatternsEndpoint(context.getBean(CacheInspector.class),
			context.getBean(CacheManager.class), 3);

	@BeforeAll
	static void start() {
		context = new AnnotationConfigApplicationContext();
		TestPropertyValues
			.of("redis.namespace=test", "redis.cache.defaults.time-to-live=90s", "redis.cache.defaults.tags='tag'")
			.and(Patience.SETTINGS.stream())
			.and(redis.springProperties())
			.applyTo(context);
		context.register(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class,
				CachingAutoConfiguration.class);
		context.refresh();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void showsSettingsCountsAndTheCounterOfEachCache() {
		this.cache.put("key", SECRET);
		this.cache.get("key");
		this.cache.get("absent");
		JsonNode shown = json(this.endpoint.caches()).path("caches").path(this.cache.getName());
		assertThat(shown.path("settings").path("time-to-live").asString()).isEqualTo("1m30s");
		assertThat(shown.path("settings").path("transaction").asString()).isEqualTo("fence");
		assertThat(shown.path("counts").path("put").asLong()).isEqualTo(1);
		assertThat(shown.path("hitRatio").asDouble()).isEqualTo(0.5);
		assertThat(shown.path("nearHitRatio").asDouble()).isZero();
		assertThat(shown.path("counter").path("number").asLong()).isPositive();
		assertThat(shown.toString()).doesNotContain(SECRET);
	}

	@Test
	void namesTheKeysThatAreReadMostToWhoAsksForTheCache() {
		this.cache.put("hot", SECRET);
		for (int i = 0; i < 2500; i++) {
			this.cache.get("hot");
			this.cache.get("cold" + i);
		}
		String name = this.cache.getName();
		JsonNode shown = json(this.endpoint.cache(name, null, null).getBody()).path("hotKeys");
		assertThat(shown.toString()).doesNotContain(SECRET);
		assertThat(shown.path(0).path("key").asString()).isEqualTo("test:" + name + ":{shot}");
		assertThat(shown.path(0).path("share").asDouble()).isBetween(0.3, 0.7);
		assertThat(shown.size()).as("keys that are read once").isOne();
		assertThat(json(this.endpoint.caches()).toString()).doesNotContain("shot");
	}

	@Test
	void showsTheHeaderOfAnEntryAndNotItsValue() {
		this.cache.put("key", SECRET);
		JsonNode shown = json(this.endpoint.cache(this.cache.getName(), "key", null).getBody());
		assertThat(shown.path("valid").asBoolean()).isTrue();
		assertThat(shown.path("bytes").asInt()).isPositive();
		assertThat(shown.path("tags").get(0).asString()).isEqualTo("tag");
		assertThat(shown.toString()).doesNotContain(SECRET);
		this.cache.clear();
		shown = json(this.endpoint.cache(this.cache.getName(), "key", null).getBody());
		assertThat(shown.path("valid").asBoolean()).as("what is still there after a clear").isFalse();
	}

	@Test
	void tellsKeysOfDifferentTypesApart() {
		this.cache.put(7, SECRET);
		String name = this.cache.getName();
		assertThat(this.endpoint.cache(name, "7", Type.INT).getStatus()).isEqualTo(200);
		assertThat(this.endpoint.cache(name, "7", Type.LONG).getStatus()).isEqualTo(404);
		assertThat(this.endpoint.cache(name, "7", null).getStatus()).isEqualTo(404);
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.cache(name, "seven", Type.INT));
	}

	@Test
	void evictsByKeyByTagAndAll() {
		String name = this.cache.getName();
		List.of("one", "two", "three").forEach((key) -> this.cache.put(key, key));
		assertThat(status(this.endpoint.evict(name, "one", null, null))).isEqualTo(204);
		assertThat(this.cache.get("one")).isNull();
		assertThat(this.cache.get("two")).isNotNull();
		assertThat(status(this.endpoint.evict(name, null, null, "other"))).isEqualTo(204);
		assertThat(this.cache.get("two")).isNotNull();
		assertThat(status(this.endpoint.evict(name, null, null, "tag"))).isEqualTo(204);
		assertThat(this.cache.get("two")).isNull();
		this.cache.put("three", "again");
		assertThat(status(this.endpoint.evict(name, null, null, null))).isEqualTo(204);
		assertThat(this.cache.get("three")).isNull();
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.evict(name, "one", null, "tag"));
	}

	@Test
	void makesNoCacheThatIsNotThere() {
		assertThat(this.endpoint.cache("unknown", null, null).getStatus()).isEqualTo(404);
		assertThat(status(this.endpoint.evict("unknown", null, null, null))).isEqualTo(404);
		assertThat(context.getBean(CacheManager.class).getCacheNames()).doesNotContain("unknown");
	}

	private static int status(WebEndpointResponse<?> response) {
		return response.getStatus();
	}

	private static JsonNode json(Map<String, Object> shown) {
		return JsonMapper.shared().valueToTree(shown);
	}

}
