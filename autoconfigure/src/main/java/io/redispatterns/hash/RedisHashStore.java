package io.redispatterns.hash;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.JsonObjectProperty;
import io.redispatterns.hash.HashReads.Result;
import io.redispatterns.hash.HashStatistics.Event;
import io.redispatterns.hash.flight.HashFlights;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * {@link HashStore} by scripts.
 *
 * @param <T> the class of the objects
 */
final class RedisHashStore<T> implements HashStore<T> {

	/**
	 * Below what an executor of eight threads lets wait on each.
	 */
	private static final int TOGETHER = 100;

	private static final byte[] NO_LEASE = {};

	private final Class<T> type;

	private final Keys keys;

	private final HashCodec codec;

	private final HashReads reads;

	private final HashIncrements increments;

	private final HashFlights<T> flights = new HashFlights<>();

	RedisHashStore(Class<T> type, Keys keys, HashCodec codec, HashReads reads, HashWrites writes) {
		this.type = type;
		this.keys = keys;
		this.codec = codec;
		this.reads = reads;
		this.increments = new HashIncrements(codec, reads, writes);
	}

	Class<T> type() {
		return this.type;
	}

	HashStatistics statistics() {
		return this.reads.statistics();
	}

	@Override
	public boolean put(Object key, T object) {
		return writes().store(this.keys.key(key), NO_LEASE, this.codec.versionOf(object), this.codec.encode(object));
	}

	@Override
	public Optional<T> get(Object key) {
		return Optional.ofNullable(getAll(List.of(key)).get(key));
	}

	@Override
	public @Nullable T get(Object key, Supplier<? extends @Nullable T> loader) {
		byte[] hash = this.keys.key(key);
		Result found;
		try {
			found = this.reads.readOrLease(hash);
		}
		catch (RedisFailureException ex) {
			statistics().count(Event.FAILED);
			return loader.get();
		}
		if (found.object() != null) {
			return this.type.cast(found.object());
		}
		byte[] lease = found.lease();
		return (lease.length > 0) ? this.flights.share(lease, () -> load(hash, lease, loader))
				: load(hash, lease, loader);
	}

	private @Nullable T load(byte[] hash, byte[] lease, Supplier<? extends @Nullable T> loader) {
		T loaded = loader.get();
		if (loaded != null) {
			statistics().count((lease.length > 0) ? fill(hash, lease, loaded) : Event.UNSTORED);
		}
		return loaded;
	}

	private Event fill(byte[] hash, byte[] lease, T loaded) {
		try {
			return writes().store(hash, lease, this.codec.versionOf(loaded), this.codec.encode(loaded)) ? Event.STORED
					: Event.REFUSED;
		}
		catch (RedisFailureException | ValueCodecException ex) {
			return Event.UNSTORED;
		}
	}

	@Override
	public <K> Map<K, T> getAll(Collection<? extends K> keys) {
		List<K> distinct = new ArrayList<>(new LinkedHashSet<>(keys));
		Map<K, T> found = new LinkedHashMap<>();
		for (int from = 0; from < distinct.size(); from += TOGETHER) {
			List<K> some = distinct.subList(from, Math.min(from + TOGETHER, distinct.size()));
			List<Result> results = this.reads.read(some.stream().map((key) -> this.keys.key(key)).toList());
			for (int i = 0; i < some.size(); i++) {
				T object = this.type.cast(results.get(i).object());
				if (object != null) {
					found.put(some.get(i), object);
				}
			}
		}
		return found;
	}

	@Override
	public <V> Optional<V> getField(Object key, String property, Class<V> type) {
		JsonObjectProperty declared = this.codec.property(property);
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (!boxed.isAssignableFrom(declared.type())) {
			throw new IllegalArgumentException("Property '%s' is a '%s' but was asked for as a '%s'".formatted(property,
					declared.type().getName(), boxed.getName()));
		}
		@SuppressWarnings("unchecked")
		V value = (V) getFields(key, property).get(property);
		return Optional.ofNullable(value);
	}

	@Override
	public Map<String, @Nullable Object> getFields(Object key, String... properties) {
		Map<String, JsonObjectProperty> declared = new LinkedHashMap<>();
		for (String property : properties) {
			declared.put(property, this.codec.property(property));
		}
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		try {
			this.reads.fields(this.keys.key(key), declared.keySet())
				.forEach((name, json) -> values.put(name, this.codec.property(name).decode(json)));
			return values;
		}
		catch (UnreadableValueException ex) {
			statistics().countUnreadable(ex);
			return Map.of();
		}
	}

	@Override
	public boolean setField(Object key, String property, @Nullable Object value) {
		return setFields(key, Collections.singletonMap(property, value));
	}

	@Override
	public boolean setFields(Object key, Map<String, ?> values) {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("'values' must not be empty");
		}
		Map<String, byte[]> fields = new LinkedHashMap<>();
		String version = "";
		for (Map.Entry<String, ?> each : values.entrySet()) {
			fields.put(each.getKey(), this.codec.property(each.getKey()).encode(each.getValue()));
			version = this.codec.isVersion(each.getKey()) ? HashVersion.of(each.getValue()) : version;
		}
		return writes().set(this.keys.key(key), version, fields);
	}

	@Override
	public OptionalLong increment(Object key, String property, long delta) {
		return this.increments.add(this.keys.key(key), property, delta);
	}

	@Override
	public Optional<BigDecimal> increment(Object key, String property, BigDecimal delta) {
		return this.increments.add(this.keys.key(key), property, delta);
	}

	@Override
	public boolean delete(Object key) {
		return writes().delete(this.keys.key(key));
	}

	@Override
	public boolean exists(Object key) {
		return timeToLive(key).isPresent();
	}

	@Override
	public boolean expire(Object key, Duration timeToLive) {
		if (timeToLive.toMillis() <= 0) {
			throw new IllegalArgumentException("'timeToLive' must be at least 1ms but was " + timeToLive);
		}
		return writes().life(this.keys.key(key), timeToLive) >= 0;
	}

	@Override
	public Optional<Duration> timeToLive(Object key) {
		long left = writes().life(this.keys.key(key), Duration.ZERO);
		return (left >= 0) ? Optional.of(Duration.ofMillis(left)) : Optional.empty();
	}

	private HashWrites writes() {
		return this.increments.writes();
	}

}
