package io.redispatterns.cache;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.Flights.Flight;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.util.Assert;

/**
 * Cache-aside over Redis: what is not found, or not answered, is loaded once per node for
 * all who ask at the same time. Inside a transaction that can change data, puts and
 * evictions wait for the commit, and what is loaded is not shared before it.
 */
final class RedisCacheAside extends AbstractValueAdaptingCache implements BulkCache, TaggedCache {

	private final String name;

	private final EntryAccess entries;

	private final Deferral deferral;

	private final LoadObservations loads;

	private final Flights flights = new Flights();

	RedisCacheAside(String name, boolean allowNullValues, EntryAccess entries, Deferral deferral,
			LoadObservations loads) {
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

	EntryStatistics statistics() {
		return this.entries.statistics();
	}

	@Override
	protected @Nullable Object lookup(Object key) {
		return counted(this.entries.read(this.entries.key(key)));
	}

	@Override
	public <T> @Nullable T get(Object key, Callable<@Nullable T> valueLoader) {
		byte[] entry = this.entries.key(key);
		long landings = this.flights.landings(entry);
		Object found = counted(this.entries.read(entry));
		if (found != null) {
			return value(found);
		}
		Flight own = this.flights.prepare(entry);
		Flight flight = this.deferral.isActive() ? own : this.flights.board(own);
		if (flight == own || flight.isPilot()) {
			return load(key, valueLoader, own, landings);
		}
		try {
			return value(flight.value().get());
		}
		catch (ExecutionException ex) {
			throw new ValueRetrievalException(key, valueLoader, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ValueRetrievalException(key, valueLoader, ex);
		}
	}

	private <T> @Nullable T load(Object key, Callable<@Nullable T> valueLoader, Flight flight, long landings) {
		Object landed = landed(flight, landings);
		if (landed != null) {
			return value(landed);
		}
		Long stamp = this.entries.stamp();
		try {
			T loaded = this.loads.observe(valueLoader);
			this.deferral.run(() -> fill(flight, loaded, stamp).join());
			flight.land(loaded);
			return loaded;
		}
		catch (Throwable ex) {
			flight.crash(ex);
			throw new ValueRetrievalException(key, valueLoader, ex);
		}
	}

	/**
	 * What a flight with the same key may have brought since the caller missed it.
	 */
	private @Nullable Object landed(Flight flight, long landings) {
		try {
			Object found = (this.flights.landings(flight.key()) != landings) ? this.entries.read(flight.key()) : null;
			if (found != null) {
				flight.land(found);
			}
			return found;
		}
		catch (RuntimeException ex) {
			flight.crash(ex);
			throw ex;
		}
	}

	@Override
	public CompletableFuture<?> retrieve(Object key) {
		return this.entries.readLater(this.entries.key(key))
			.thenApply((found) -> (counted(found) != null) ? toValueWrapper(found) : null);
	}

	@Override
	public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
		byte[] entry = this.entries.key(key);
		long landings = this.flights.landings(entry);
		CompletableFuture<T> result = new CompletableFuture<>();
		this.entries.readLater(entry)
			.thenCompose((found) -> (counted(found) != null) ? CompletableFuture.completedFuture(found)
					: fly(entry, landings, valueLoader))
			.whenComplete((value, ex) -> {
				if (ex != null) {
					result.completeExceptionally(unwrap(ex));
				}
				else {
					result.complete(value(value));
				}
			});
		return result;
	}

	private CompletableFuture<@Nullable Object> fly(byte[] entry, long landings,
			Supplier<? extends CompletableFuture<?>> valueLoader) {
		Flight own = this.flights.prepare(entry);
		Flight flight = this.flights.board(own);
		if (flight == own) {
			CompletableFuture<@Nullable Object> landed = (this.flights.landings(entry) != landings)
					? this.entries.readLater(entry) : CompletableFuture.completedFuture(null);
			landed
				.thenCompose(
						(found) -> (found != null) ? CompletableFuture.completedFuture(found) : load(own, valueLoader))
				.whenComplete((value, ex) -> {
					if (ex != null) {
						own.crash(unwrap(ex));
					}
					else {
						own.land(value);
					}
				});
		}
		return flight.value();
	}

	/**
	 * Load on a thread that the loader may hold up, unlike that of the reply.
	 */
	private CompletableFuture<@Nullable Object> load(Flight flight,
			Supplier<? extends CompletableFuture<?>> valueLoader) {
		return this.entries.stampLater()
			.thenComposeAsync((stamp) -> this.loads.observe(valueLoader)
				.thenCompose((loaded) -> fill(flight, loaded, stamp).thenApply((done) -> loaded)));
	}

	/**
	 * Store what was loaded, unless a write has come between.
	 */
	private CompletableFuture<?> fill(Flight flight, @Nullable Object loaded, @Nullable Long stamp) {
		if (stamp == null || !flight.isCurrent() || (loaded == null && !isAllowNullValues())) {
			return CompletableFuture.completedFuture(null);
		}
		WrittenValue written = this.entries.writeLoaded(toStoreValue(loaded));
		return (written != null) ? this.entries.fill(flight.key(), written, stamp)
				: CompletableFuture.completedFuture(null);
	}

	@Override
	public void put(Object key, @Nullable Object value) {
		byte[] entry = this.entries.key(key);
		WrittenValue written = this.entries.write(toStoreValue(value));
		this.deferral.run(() -> {
			this.flights.forget(entry);
			this.entries.put(entry, written);
		});
	}

	@Override
	public void putAll(Map<?, ? extends @Nullable Object> values) {
		Map<byte[], @Nullable WrittenValue> written = new LinkedHashMap<>();
		values.forEach((key, value) -> written.put(this.entries.key(key), this.entries.write(toStoreValue(value))));
		this.deferral.run(() -> {
			written.keySet().forEach(this.flights::forget);
			this.entries.putAll(written);
		});
	}

	@Override
	public Map<Object, @Nullable Object> getAll(Collection<?> keys) {
		Map<Object, @Nullable Object> values = new LinkedHashMap<>();
		Object[] distinct = new LinkedHashSet<>(keys).toArray();
		@Nullable Object[] found = this.entries.readAll(Arrays.stream(distinct).map(this.entries::key).toArray(byte[][]::new));
		for (int i = 0; i < distinct.length; i++) {
			if (counted(found[i]) != null) {
				values.put(distinct[i], fromStoreValue(found[i]));
			}
		}
		return values;
	}

	@Override
	public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
		byte[] entry = this.entries.key(key);
		WrittenValue written = this.entries.write(toStoreValue(value));
		this.flights.forget(entry);
		return toValueWrapper(this.entries.putIfAbsent(entry, written));
	}

	@Override
	public void evict(Object key) {
		byte[] entry = this.entries.key(key);
		this.deferral.run(() -> {
			this.flights.forget(entry);
			this.entries.evict(entry);
		});
	}

	@Override
	public boolean evictIfPresent(Object key) {
		byte[] entry = this.entries.key(key);
		this.flights.forget(entry);
		return this.entries.evictIfPresent(entry);
	}

	@Override
	public void clear() {
		this.deferral.run(this::invalidate);
	}

	@Override
	public boolean invalidate() {
		this.flights.forgetAll();
		this.entries.clear();
		return false;
	}

	@Override
	public void evictTag(String tag) {
		Assert.notNull(tag, "'tag' must not be null");
		this.deferral.run(() -> {
			this.flights.forgetAll();
			this.entries.evictTag(tag);
		});
	}

	private @Nullable Object counted(@Nullable Object found) {
		statistics().count((found != null) ? Event.HIT : Event.MISS);
		return found;
	}

	private static Throwable unwrap(Throwable ex) {
		Throwable cause = (ex instanceof CompletionException) ? ex.getCause() : null;
		return (cause != null) ? cause : ex;
	}

	@SuppressWarnings("unchecked")
	private <T> @Nullable T value(@Nullable Object storeValue) {
		return (T) fromStoreValue(storeValue);
	}

}
