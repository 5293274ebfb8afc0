package io.redispatterns.advisor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.redispatterns.cache.CacheInspector;
import io.redispatterns.cache.CacheInspector.Header;
import io.redispatterns.cache.TaggedCache;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.cache.CacheManager;

/**
 * Actuator endpoint of the patterns: {@code /actuator/redispatterns}. It shows no value.
 */
@Endpoint(id = "redispatterns")
public final class PatternsEndpoint {

	private final CacheInspector inspector;

	private final CacheManager caches;

	private final int hotKeys;

	PatternsEndpoint(CacheInspector inspector, CacheManager caches, int hotKeys) {
		this.inspector = inspector;
		this.caches = caches;
		this.hotKeys = hotKeys;
	}

	/**
	 * All caches.
	 * @return by the name of the cache, what {@link #cache} shows but for keys
	 */
	@ReadOperation
	public Map<String, Object> caches() {
		Map<String, Object> shown = new LinkedHashMap<>();
		this.inspector.cacheNames().forEach((name) -> shown.put(name, describe(name)));
		return Map.of("caches", shown);
	}

	/**
	 * One cache, or one entry of it.
	 * @param cache name of the cache
	 * @param key key of the entry, {@code null} for the cache
	 * @param type {@code string}, {@code int}, {@code long} or {@code uuid}: what the key
	 * is, text where it is not told
	 * @return settings, counts, the counter on the server and the keys that are read
	 * most, or the header of the entry; 404 when there is none
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> cache(@Selector String cache, @Nullable String key,
			@Nullable Type type) {
		if (!this.inspector.cacheNames().contains(cache)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (key != null) {
			return entry(cache, key(key, type));
		}
		Map<String, Object> shown = describe(cache);
		if (this.hotKeys > 0) {
			shown.put("hotKeys", this.inspector.hotKeys(cache, this.hotKeys));
		}
		return new WebEndpointResponse<>(shown);
	}

	private WebEndpointResponse<Map<String, Object>> entry(String cache, Object key) {
		Header header = this.inspector.header(cache, key);
		if (header == null) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("bytes", header.bytes());
		shown.put("valid", header.valid());
		shown.put("generation", header.generation());
		shown.put("version", header.version());
		shown.put("expiry", header.expiry());
		shown.put("tags", header.tags());
		shown.values().removeIf(Objects::isNull);
		return new WebEndpointResponse<>(shown);
	}

	/**
	 * Evict one entry, the entries with a tag, or all.
	 * @param cache name of the cache
	 * @param key key of the entry, {@code null} for none
	 * @param type what the key is, as of {@link #cache}
	 * @param tag the tag, {@code null} for none
	 * @return 204 when this is done, 404 when there is no such cache
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> evict(@Selector String cache, @Nullable String key, @Nullable Type type,
			@Nullable String tag) {
		if (key != null && tag != null) {
			throw new InvalidEndpointRequestException("Either 'key' or 'tag', not both",
					"Either 'key' or 'tag', not both");
		}
		if (!this.inspector.cacheNames().contains(cache)
				|| !(this.caches.getCache(cache) instanceof TaggedCache found)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (key != null) {
			found.evict(key(key, type));
		}
		else if (tag != null) {
			found.evictTag(tag);
		}
		else {
			found.clear();
		}
		return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
	}

	private Map<String, Object> describe(String cache) {
		Map<String, Long> counts = this.inspector.counts(cache);
		long near = counts.getOrDefault("near-hit", 0L);
		long hits = near + counts.getOrDefault("hit", 0L);
		long reads = hits + counts.getOrDefault("miss", 0L);
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("settings", this.inspector.settings(cache));
		shown.put("counts", counts);
		shown.put("hitRatio", (reads > 0) ? (double) hits / reads : 0);
		shown.put("nearHitRatio", (reads > 0) ? (double) near / reads : 0);
		try {
			shown.put("counter", this.inspector.counter(cache));
		}
		catch (RedisFailureException ex) {
			shown.put("counter", "Redis does not answer");
		}
		return shown;
	}

	private static Object key(String key, @Nullable Type type) {
		try {
			return switch ((type != null) ? type : Type.STRING) {
				case STRING -> key;
				case INT -> Integer.valueOf(key);
				case LONG -> Long.valueOf(key);
				case UUID -> UUID.fromString(key);
			};
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException("'key' is not of the type '%s'".formatted(type),
					"'key' is not of the named type");
		}
	}

	/**
	 * What a key is.
	 */
	public enum Type {

		/**
		 * Text.
		 */
		STRING,

		/**
		 * A number of 32 bits.
		 */
		INT,

		/**
		 * A number of 64 bits.
		 */
		LONG,

		/**
		 * A UUID.
		 */
		UUID

	}

}
