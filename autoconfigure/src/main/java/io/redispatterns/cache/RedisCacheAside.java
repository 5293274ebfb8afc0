package io.redispatterns.cache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.delivery.UnseenFailures;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.transaction.CacheTransactions.Access;
import io.redispatterns.cache.transaction.TransactionalReads;
import io.redispatterns.cache.transaction.TransactionalWrites;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.util.Assert;

/**
 * Cache-aside over Redis. Inside a transaction that can change data, puts and evictions
 * take effect with its commit, and what is loaded is not shared before it.
 */
final class RedisCacheAside extends AbstractValueAdaptingCache implements BulkCache, TaggedCache, WriteThroughCache {

	private final String name;

	private final EntryAccess entries;

	private final NearCache near;

	private final Loads loads;

	private final TransactionalReads reads;

	private final BulkReads bulk;

	private final TransactionalWrites writes;

	private final UnseenFailures unseen;

	RedisCacheAside(String name, boolean allowNullValues, EntryAccess entries, Loads loads, Access access) {
		super(allowNullValues);
		this.name = name;
		this.entries = entries;
		this.near = entries.near().near();
		this.loads = loads;
		this.reads = access.reads();
		this.bulk = new BulkReads(entries, access, this::fromStoreValue);
		this.writes = access.writes();
		this.unseen = new UnseenFailures(this, entries.reports());
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Object getNativeCache() {
		return this.entries;
	}

	EntryAccess entries() {
		return this.entries;
	}

	Loads loads() {
		return this.loads;
	}

	EntryStatistics statistics() {
		return this.entries.statistics();
	}

	NearCache near() {
		return this.near;
	}

	Redelivery redelivery() {
		return this.entries.redelivery();
	}

	@Override
	protected @Nullable Object lookup(Object key) {
		Object near = this.near.find(key);
		return (near != null && this.reads.areShared()) ? near : this.reads.read(this.entries.key(key));
	}

	@Override
	public <T> @Nullable T get(Object key, Callable<@Nullable T> valueLoader) {
		Object near = this.reads.near(key);
		return value((near != null) ? near : this.reads.get(key, valueLoader));
	}

	@Override
	public CompletableFuture<?> retrieve(Object key) {
		Object near = this.reads.near(key);
		if (near != null) {
			return CompletableFuture.completedFuture(toValueWrapper(near));
		}
		CompletableFuture<@Nullable ValueWrapper> result = new CompletableFuture<>();
		this.reads.readLater(this.entries.key(key)).whenComplete((found, ex) -> {
			if (ex == null && found != null) {
				result.complete(toValueWrapper(found));
			}
			else if (ex == null) {
				// Not on the thread of the reply, which the caller's load may hold up
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
		Object near = this.reads.near(key);
		if (near != null) {
			return CompletableFuture.completedFuture(value(near));
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		this.reads.retrieve(key, valueLoader).whenComplete((value, ex) -> {
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
		this.writes.put(entry, written, this.unseen.put(key, value));
	}

	@Override
	public void putAll(Map<?, ? extends @Nullable Object> values) {
		Map<byte[], @Nullable WrittenValue> written = new LinkedHashMap<>();
		values.forEach((key, value) -> written.put(this.entries.key(key), this.entries.write(toStoreValue(value))));
		written.keySet().forEach(this.loads.lookups()::forget);
		this.writes.putAll(written, this.unseen.puts(values));
	}

	@Override
	public CompletionStage<@Nullable Void> writeAll(Map<?, ? extends @Nullable Object> values, boolean awaited) {
		Map<byte[], @Nullable WrittenValue> written = new LinkedHashMap<>();
		values.forEach((key, value) -> written.put(this.entries.key(key),
				(value != null) ? this.entries.writeLoaded(value) : null));
		written.keySet().forEach(this.loads.lookups()::forget);
		this.writes.writeAll(written, awaited, this.unseen.puts(values));
		return this.entries.order().settled(written.keySet().toArray(byte[][]::new));
	}

	@Override
	public Map<Object, @Nullable Object> getAll(Collection<?> keys) {
		return this.bulk.present(keys);
	}

	@Override
	public <K, V> Map<K, @Nullable V> getAll(Collection<? extends K> keys, BulkLoader<K, V> loader) {
		return this.bulk.get(keys, loader);
	}

	@Override
	public <K, V> CompletableFuture<Map<K, @Nullable V>> retrieveAll(Collection<? extends K> keys,
			BulkLoader.Async<K, V> loader) {
		return this.bulk.retrieve(keys, loader);
	}

	@Override
	public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
		byte[] entry = this.entries.key(key);
		WrittenValue written = this.entries.write(toStoreValue(value));
		this.loads.lookups().forget(entry);
		this.loads.fills().forget(entry);
		return toValueWrapper(this.entries.writer().putIfAbsent(entry, written));
	}

	@Override
	public void evict(Object key) {
		byte[] entry = this.entries.key(key);
		this.loads.lookups().forget(entry);
		this.writes.evict(entry, this.unseen.eviction(key));
	}

	@Override
	public boolean evictIfPresent(Object key) {
		return this.entries.writer().evictIfPresent(evictWithCommit(key));
	}

	@Override
	public boolean evictAll(Collection<?> keys) {
		Map<byte[], @Nullable WrittenValue> removed = new LinkedHashMap<>();
		keys.forEach((key) -> removed.put(evictWithCommit(key), null));
		this.entries.writer().putAll(removed, this.unseen.evictions(keys));
		byte[][] entries = removed.keySet().toArray(byte[][]::new);
		return this.entries.order().settled(entries).toCompletableFuture().isDone()
				&& this.entries.redelivery().journal().trusts(entries);
	}

	private byte[] evictWithCommit(Object key) {
		byte[] entry = this.entries.key(key);
		this.loads.lookups().forget(entry);
		this.loads.fills().forget(entry);
		this.writes.evictAgain(entry, this.unseen.eviction(key));
		return entry;
	}

	@Override
	public void clear() {
		this.loads.lookups().forgetAll();
		this.writes.clear(this.unseen.clear());
	}

	@Override
	public boolean invalidate() {
		this.loads.lookups().forgetAll();
		this.loads.fills().forgetAll();
		this.writes.clearAgain(this.unseen.clear());
		this.entries.writer().clear(this.unseen.clear());
		return false;
	}

	@Override
	public void evictTag(String tag) {
		Assert.notNull(tag, "'tag' must not be null");
		this.writes.evictTag(tag, this.unseen.clear());
	}

	@SuppressWarnings("unchecked")
	private <T> @Nullable T value(@Nullable Object storeValue) {
		return (T) fromStoreValue(storeValue);
	}

}
