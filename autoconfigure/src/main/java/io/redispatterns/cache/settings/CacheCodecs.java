package io.redispatterns.cache.settings;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.redis.InvalidSettingException;

/**
 * Chooses the codec of a cache: typed JSON of the configured type, or else of the types
 * that annotated methods bring, unless the cache names a {@link ValueCodec} bean.
 */
public final class CacheCodecs {

	private static final String JSON = "json";

	private final JsonValueCodecs json;

	private final Map<String, ValueCodec> beans;

	private final Supplier<CacheValueTypes> types;

	public CacheCodecs(JsonValueCodecs json, Map<String, ValueCodec> beans, Supplier<CacheValueTypes> types) {
		this.json = json;
		this.beans = beans;
		this.types = types;
	}

	/**
	 * Names of the caches that annotations name.
	 */
	public Set<String> cacheNames() {
		return this.types.get().cacheNames();
	}

	/**
	 * Make the codec of a cache.
	 * @param cache name of the cache
	 * @param settings its settings
	 * @param property where its codec was set
	 */
	public ValueCodec codec(String cache, EffectiveSettings settings, String property) {
		verify(settings, property);
		ValueCodec bean = this.beans.get(settings.codec());
		if (bean != null) {
			return bean;
		}
		Collection<? extends Type> declared = settings.types().isEmpty() ? this.types.get().of(cache)
				: settings.types();
		if (settings.types().isEmpty() && declared.contains(Object.class)) {
			throw new ValueCodecException(
					"cache '%s' gets its values from a method that returns any 'java.lang.Object'".formatted(cache));
		}
		return this.json.codecFor("cache '" + cache + "'", declared, settings.compressAbove(), settings.maxValueSize());
	}

	/**
	 * Refuse the name of a codec that is not there.
	 * @param settings the settings
	 * @param property where the codec was set
	 */
	public void verify(EffectiveSettings settings, String property) {
		if (!JSON.equals(settings.codec()) && !this.beans.containsKey(settings.codec())) {
			throw new InvalidSettingException(property, settings.codec(), "be 'json' or the name of a ValueCodec bean",
					"Use 'json', or one of the ValueCodec beans: " + new TreeSet<>(this.beans.keySet()) + ".");
		}
	}

}
