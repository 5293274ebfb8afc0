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

import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.json.JsonObjectProperty;
import io.redispatterns.hash.HashChange.Kind;
import io.redispatterns.hash.field.HashCodec;
import io.redispatterns.hash.field.HashVersion;
import io.redispatterns.hash.script.HashReads;
import io.redispatterns.hash.script.HashStatistics;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.hash.script.HashWrites;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * {@link HashStore} by scripts, and with the commits of transactions.
 *
 * @param <T> the class of the objects
 */
final class RedisHashStore<T> implements HashStore<T> {

	/**
	 * Below what an executor of eight threads lets wait on each.
	 */
	private static final int TOGETHER = 100;

	private final Class<T> type;

	private final Keys keys;

	private final HashCodec codec;

	private final HashReads reads;

	private final HashWrites writes;

	private final HashIncrements increments;

	private final HashLoads<T> loads;

	private final FencedHashes fenced;

	RedisHashStore(Class<T> type, Keys keys, HashIncrements increments, HashLoads<T> loads, FencedHashes fenced) {
		this.type = type;
		this.keys = keys;
		this.codec = increments.codec();
		this.reads = increments.reads();
		this.writes = increments.writes();
		this.increments = increments;
		this.loads = loads;
		this.fenced = fenced;
	}

	Class<T> type() {
		return this.type;
	}

	HashStatistics statistics() {
		return this.reads.statistics();
	}

	@Override
	public boolean put(Object key, T object) {
		byte[] hash = this.keys.key(key);
		HashChange change = HashChange.put(this.codec.versionOf(object), this.codec.encode(object));
		return this.fenced.note(hash, change) || this.writes.put(hash, change.version(), change.fields());
	}

	@Override
	public Optional<T> get(Object key) {
		return Optional.ofNullable(getAll(List.of(key)).get(key));
	}

	@Override
	public @Nullable T get(Object key, Supplier<? extends @Nullable T> loader) {
		byte[] hash = this.keys.key(key);
		OpenTransaction transaction = this.fenced.open();
		if (transaction != null) {
			return get(hash, loader, transaction);
		}
		if (this.fenced.trusts(hash)) {
			return this.loads.get(hash, loader);
		}
		statistics().count(Event.FAILED);
		return loader.get();
	}

	/**
	 * Read an object, or load it, within a transaction. What it loads instead of what it
	 * has written itself, or from a snapshot, is for its own eyes only.
	 */
	private @Nullable T get(byte[] hash, Supplier<? extends @Nullable T> loader, OpenTransaction transaction) {
		try {
			Object found = read(List.of(hash)).get(0);
			if (found != null) {
				return this.type.cast(found);
			}
		}
		catch (RedisFailureException ex) {
			statistics().count(Event.FAILED);
			return loader.get();
		}
		boolean stored = transaction.traits().current() && this.fenced.find(hash) == null && this.fenced.trusts(hash);
		return stored ? this.loads.get(hash, loader, transaction::defer) : loader.get();
	}

	@Override
	public <K> Map<K, T> getAll(Collection<? extends K> keys) {
		List<K> distinct = new ArrayList<>(new LinkedHashSet<>(keys));
		Map<K, T> found = new LinkedHashMap<>();
		for (int from = 0; from < distinct.size(); from += TOGETHER) {
			List<K> some = distinct.subList(from, Math.min(from + TOGETHER, distinct.size()));
			List<@Nullable Object> results = read(some.stream().map((key) -> this.keys.key(key)).toList());
			for (int i = 0; i < some.size(); i++) {
				T object = this.type.cast(results.get(i));
				if (object != null) {
					found.put(some.get(i), object);
				}
			}
		}
		return found;
	}

	/**
	 * The objects that the caller is to see, in the order of the keys.
	 */
	private List<@Nullable Object> read(List<byte[]> hashes) {
		List<Map<String, byte[]>> fields = this.reads.fields(hashes, this.codec.names());
		List<@Nullable Object> objects = new ArrayList<>(hashes.size());
		for (int i = 0; i < hashes.size(); i++) {
			Object object = this.reads.decode(this.fenced.see(hashes.get(i), fields.get(i), this.codec.names()));
			statistics().count((object != null) ? Event.HIT : Event.MISS);
			objects.add(object);
		}
		return objects;
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
		byte[] hash = this.keys.key(key);
		Map<String, byte[]> there = this.reads.fields(List.of(hash), declared.keySet()).get(0);
		Map<String, byte[]> seen = this.fenced.see(hash, there, declared.keySet());
		boolean found = seen.size() == declared.size();
		statistics().count(found ? Event.HIT : Event.MISS);
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		try {
			(found ? seen : Map.<String, byte[]>of())
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
		byte[] hash = this.keys.key(key);
		return this.fenced.note(hash, HashChange.set(version, fields)) || this.writes.set(hash, version, fields);
	}

	@Override
	public OptionalLong increment(Object key, String property, long delta) {
		this.fenced.refuse();
		return this.increments.add(this.keys.key(key), property, delta);
	}

	@Override
	public Optional<BigDecimal> increment(Object key, String property, BigDecimal delta) {
		this.fenced.refuse();
		return this.increments.add(this.keys.key(key), property, delta);
	}

	@Override
	public boolean delete(Object key) {
		byte[] hash = this.keys.key(key);
		return this.fenced.note(hash, HashChange.DELETED) || this.writes.delete(hash);
	}

	@Override
	public boolean exists(Object key) {
		HashChange own = this.fenced.find(this.keys.key(key));
		return (own != null && own.kind() != Kind.SET) ? own.kind() == Kind.PUT : timeToLive(key).isPresent();
	}

	@Override
	public boolean expire(Object key, Duration timeToLive) {
		if (timeToLive.toMillis() <= 0) {
			throw new IllegalArgumentException("'timeToLive' must be at least 1ms but was " + timeToLive);
		}
		return this.writes.life(this.keys.key(key), timeToLive) >= 0;
	}

	@Override
	public Optional<Duration> timeToLive(Object key) {
		long left = this.writes.life(this.keys.key(key), Duration.ZERO);
		return (left >= 0) ? Optional.of(Duration.ofMillis(left)) : Optional.empty();
	}

}
