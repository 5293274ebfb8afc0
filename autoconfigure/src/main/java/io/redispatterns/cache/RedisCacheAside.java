package io.redispatterns.cache;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.load.Deferral;
import io.redispatterns.cache.load.LoadObservations;
import io.redispatterns.cache.load.Loads;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.util.Assert;

/**
 * Cache-aside over Redis. Inside a transaction that can change data, puts and evictions
 * wait for the commit, and what is loaded is not shared before it.
 */
final class RedisCacheAside extends AbstractValueAdaptingCache implements BulkCache, TaggedCache {

	/**
	 * How many values are to be acknowledged within one command timeout.
	 */
	private static final int BATCH = 100;

	private final String name;

	private final EntryAccess entries;

	private final Deferral deferral;

	private final Loads loads;

	RedisCacheAside(String name, boolean allowNullValues, EntryAccess entries, Deferral deferral, Loads loads) {
		super(allowNullValues);
		this.name = name;
		this.entries = entries;
		this.deferral = deferral;
		this.loads = loads;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Object getNativeCache() {
		return this.entries;
	}

	Loads loads() {
		return this.loads;
	}

	EntryStatistics statistics() {
		return this.entries.statistics();
	}

	@Override
	protected @Nullable Object lookup(Object key) {
		return this.loads.reader().read(this.entries.key(key));
	}

	@Override
	public <T> @Nullable T get(Object key, Callable<@Nullable T> valueLoader) {
		return value(this.loads.get(key, valueLoader));
	}

	/**
	 * A miss is told on a thread that the caller may hold up with its load, unlike that
	 * of the reply.
	 */
	@Override
	public CompletableFuture<?> retrieve(Object key) {
		CompletableFuture<@Nullable ValueWrapper> result = new CompletableFuture<>();
		this.loads.reader().readLater(this.entries.key(key)).whenComplete((found, ex) -> {
			if (ex == null && found != null) {
				result.complete(toValueWrapper(found));
			}
			else if (ex == null) {
				result.completeAsync(() -> null);
			}
			else {
				result.completeExceptionally(LoadObservations.unwrap(ex));
			}
		});
		return result;
	}

	@Override
	public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.loads.retrieve(key, valueLoader).whenComplete((value, ex) -> {
			if (ex != null) {
				result.completeExceptionally(LoadObservations.unwrap(ex));
			}
			else {
				result.complete(value(value));
			}
		});
		return result;
	}

	@Override
	public void put(Object key, @Nullable Object value) {
		byte[] entry = this.entries.key(key);
		WrittenValue written = this.entries.write(toStoreValue(value));
		this.deferral.run(() -> this.loads.fills().put(entry, written));
	}

	@Override
	public void putAll(Map<?, ? extends @Nullable Object> values) {
		Map<byte[], @Nullable WrittenValue> written = new LinkedHashMap<>();
		values.forEach((key, value) -> written.put(this.entries.key(key), this.entries.write(toStoreValue(value))));
		this.deferral.run(() -> {
			written.keySet().forEach(this.loads.fills()::forget);
			List<byte[]> keys = List.copyOf(written.keySet());
			for (int i = 0; i < keys.size(); i += BATCH) {
				Map<byte[], @Nullable WrittenValue> batch = new LinkedHashMap<>();
				keys.subList(i, Math.min(i + BATCH, keys.size())).forEach((key) -> batch.put(key, written.get(key)));
				this.entries.putAll(batch);
			}
		});
	}

	@Override
	public Map<Object, @Nullable Object> getAll(Collection<?> keys) {
		Map<Object, @Nullable Object> values = new LinkedHashMap<>();
		Object[] distinct = new LinkedHashSet<>(keys).toArray();
		@Nullable Object[] found = this.loads.reader()
			.readAll(Arrays.stream(distinct).map(this.entries::key).toArray(byte[][]::new));
		for (int i = 0; i < distinct.length; i++) {
			if (found[i] != null) {
				values.put(distinct[i], fromStoreValue(found[i]));
			}
		}
		return values;
	}

	@Override
	public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
		byte[] entry = this.entries.key(key);
		WrittenValue written = this.entries.write(toStoreValue(value));
		this.loads.fills().forget(entry);
		return toValueWrapper(this.entries.putIfAbsent(entry, written));
	}

	@Override
	public void evict(Object key) {
		byte[] entry = this.entries.key(key);
		this.deferral.run(() -> {
			this.loads.fills().forget(entry);
			this.entries.evict(entry);
		});
	}

	@Override
	public boolean evictIfPresent(Object key) {
		byte[] entry = this.entries.key(key);
		this.loads.fills().forget(entry);
		return this.entries.evictIfPresent(entry);
	}

	@Override
	public void clear() {
		this.deferral.run(this::invalidate);
	}

	@Override
	public boolean invalidate() {
		this.loads.fills().forgetAll();
		this.entries.clear();
		return false;
	}

	@Override
	public void evictTag(String tag) {
		Assert.notNull(tag, "'tag' must not be null");
		this.deferral.run(() -> {
			this.loads.fills().forgetAll();
			this.entries.evictTag(tag);
		});
	}

	@SuppressWarnings("unchecked")
	private <T> @Nullable T value(@Nullable Object storeValue) {
		return (T) fromStoreValue(storeValue);
	}

}
