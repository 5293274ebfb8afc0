package io.redispatterns.cache.transaction;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.fence.Change;
import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fence.TransactionalCache;
import io.redispatterns.cache.lease.Renewal;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.cache.near.NearCache;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one cache. Inside a transaction, what it has put is read as it was put, and
 * what it has evicted is a miss, which is loaded for its own eyes only.
 */
public final class TransactionalReads {

	private final CacheTransactions transactions;

	private final TransactionalCache cache;

	private final EntryAccess entries;

	private final NearCache near;

	private final Loads loads;

	TransactionalReads(CacheTransactions transactions, TransactionalCache cache, EntryAccess entries, Loads loads) {
		this.transactions = transactions;
		this.cache = cache;
		this.entries = entries;
		this.near = entries.near().near();
		this.loads = loads;
	}

	/**
	 * Find what is kept near, unless a transaction is to see something else.
	 * @param key the argument
	 * @return the store value, {@code null} when it is to be read
	 */
	public @Nullable Object near(Object key) {
		Object kept = this.near.find(key);
		return (kept != null && areShared()) ? kept : null;
	}

	/**
	 * Whether the caller is to see what others see, and not what a transaction does, or
	 * what is to be loaded again.
	 */
	public boolean areShared() {
		return this.transactions.open() == null && !Renewal.isGoingOn();
	}

	/**
	 * Read one store value.
	 * @param key the key
	 * @return the value, {@code null} when there is none
	 */
	public @Nullable Object read(byte[] key) {
		Change own = own(key);
		return (own != null) ? noted(key, value(own)) : notedIfSnapshot(key, this.loads.lookups().read(key));
	}

	/**
	 * Read store values.
	 * @param keys the keys
	 * @return the values in the order of the keys, {@code null} where there is none
	 */
	public @Nullable Object[] readAll(byte[]... keys) {
		@Nullable Object[] found = this.loads.reader().readAll(keys);
		OpenTransaction transaction = this.transactions.current();
		for (int i = 0; i < keys.length && transaction != null; i++) {
			Change own = transaction.find(this.cache, keys[i]);
			found[i] = (own != null) ? noted(keys[i], decoded(own)) : found[i];
		}
		return found;
	}

	/**
	 * Read one store value without waiting for it.
	 * @param key the key
	 * @return the value, {@code null} when there is none
	 */
	public CompletableFuture<@Nullable Object> readLater(byte[] key) {
		Change own = own(key);
		return (own != null) ? CompletableFuture.completedFuture(noted(key, value(own)))
				: this.loads.lookups().readLater(key);
	}

	/**
	 * Read a value, or load it.
	 * @param key the argument
	 * @param loader loads it
	 * @return the store value, or what the loader brought
	 */
	public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) {
		byte[] entry = this.entries.key(key);
		Change own = own(entry);
		OpenTransaction transaction = this.transactions.open();
		if (own == null && (transaction == null || transaction.traits().current())) {
			return this.loads.get(key, entry, loader);
		}
		Object found = (own != null) ? value(own) : this.loads.reader().read(entry);
		return (found != null) ? found : this.loads.unshared().get(key, loader);
	}

	/**
	 * Read a value, or load it, without waiting for it.
	 * @param key the argument
	 * @param loader loads it
	 * @return the store value, or what the loader brought
	 */
	public CompletableFuture<@Nullable Object> retrieve(Object key, Supplier<? extends CompletableFuture<?>> loader) {
		byte[] entry = this.entries.key(key);
		Change own = own(entry);
		if (own == null) {
			return this.loads.retrieve(entry, loader);
		}
		Object found = value(own);
		return (found != null) ? CompletableFuture.completedFuture(found) : this.loads.unshared().retrieve(loader);
	}

	@Nullable Change own(byte[] key) {
		OpenTransaction transaction = this.transactions.current();
		return (transaction != null) ? transaction.find(this.cache, key) : null;
	}

	private @Nullable Object value(Change own) {
		Object found = decoded(own);
		this.entries.statistics().count((found != null) ? Event.HIT : Event.MISS);
		return found;
	}

	/**
	 * A value of its own for each reader.
	 */
	@Nullable Object decoded(Change own) {
		return (own.written() != null) ? this.entries.read(own.written()) : null;
	}

	private @Nullable Object notedIfSnapshot(byte[] key, @Nullable Object found) {
		OpenTransaction transaction = this.transactions.current();
		return (transaction != null && !transaction.traits().current()) ? noted(key, found) : found;
	}

	/**
	 * A miss of what is not stored, or not from this snapshot.
	 */
	private @Nullable Object noted(byte[] key, @Nullable Object found) {
		OpenTransaction transaction = (found != null) ? null : this.transactions.open();
		if (transaction != null) {
			transaction.miss(this.cache, key);
		}
		return found;
	}

}
