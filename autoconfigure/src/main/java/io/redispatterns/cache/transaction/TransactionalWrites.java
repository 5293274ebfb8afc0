package io.redispatterns.cache.transaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.fence.CacheChanges;
import io.redispatterns.cache.fence.Change;
import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fence.TransactionalCache;
import io.redispatterns.cache.load.Lookups;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one cache: noted inside a transaction that can change data, to take effect
 * with its commit, and at once elsewhere. Each is given who is told of a failure that the
 * caller does not get.
 */
public final class TransactionalWrites {

	private final CacheTransactions transactions;

	private final TransactionalCache cache;

	private final Lookups lookups;

	TransactionalWrites(CacheTransactions transactions, TransactionalCache cache, Lookups lookups) {
		this.transactions = transactions;
		this.cache = cache;
		this.lookups = lookups;
	}

	/**
	 * Store a value. What a read-only transaction has loaded that reads a snapshot is not
	 * stored.
	 * @param key the key
	 * @param written the value, {@code null} when it cannot be stored
	 * @param unseen told of a failure that the caller does not get
	 */
	public void put(byte[] key, @Nullable WrittenValue written, Consumer<RedisFailureException> unseen) {
		Change put = new Change(key, written, this.lookups.take(key), unseen);
		OpenTransaction transaction = this.transactions.open();
		if (transaction != null && transaction.note(this.cache, (changes) -> changes.change(put))) {
			return;
		}
		if (put.ticket() == null || transaction == null || transaction.traits().current()) {
			this.cache.direct().put(put);
		}
	}

	/**
	 * Store some values.
	 * @param written the values by key
	 * @param unseen told of a failure that the caller does not get
	 */
	public void putAll(Map<byte[], @Nullable WrittenValue> written, Consumer<RedisFailureException> unseen) {
		if (!note((changes) -> written.forEach((key, value) -> changes.change(new Change(key, value, null, unseen))))) {
			this.cache.direct().putAll(written, unseen);
		}
	}

	/**
	 * Take over what was written to a database. Where no fence tells of two writers that
	 * there were two, only a version tells who was last: what has none is then removed.
	 * @param written the values by key, {@code null} for an entry that is to be removed
	 * @param awaited whether the caller waits for what follows a commit
	 * @param unseen told of a failure that the caller does not get
	 */
	public void writeAll(Map<byte[], @Nullable WrittenValue> written, boolean awaited,
			Consumer<RedisFailureException> unseen) {
		OpenTransaction transaction = this.transactions.open();
		Map<byte[], @Nullable WrittenValue> sure = (transaction != null && this.cache.isFenced()) ? written
				: versioned(written);
		Consumer<CacheChanges> change = (changes) -> sure
			.forEach((key, value) -> changes.write(new Change(key, value, null, unseen)));
		if (transaction == null || !transaction.note(this.cache, change, awaited)) {
			this.cache.direct().putAll(versioned(written), unseen);
		}
	}

	private static Map<byte[], @Nullable WrittenValue> versioned(Map<byte[], @Nullable WrittenValue> written) {
		Map<byte[], @Nullable WrittenValue> versioned = new LinkedHashMap<>(written);
		versioned.replaceAll((key, value) -> (value != null && value.version() != null) ? value : null);
		return versioned;
	}

	/**
	 * Remove an entry.
	 * @param key the key
	 * @param unseen told of a failure that the caller does not get
	 */
	public void evict(byte[] key, Consumer<RedisFailureException> unseen) {
		if (!note((changes) -> changes.change(new Change(key, null, null, unseen)))) {
			this.cache.direct().evict(key, unseen);
		}
	}

	/**
	 * Evict an entry with the commit that was evicted at once, as a load of the old value
	 * may have come between.
	 * @param key the key
	 * @param unseen told of a failure that the caller does not get
	 */
	public void evictAgain(byte[] key, Consumer<RedisFailureException> unseen) {
		note((changes) -> changes.change(new Change(key, null, null, unseen)));
	}

	/**
	 * Void with the commit all entries that were voided at once.
	 * @param unseen told of a failure that the caller does not get
	 */
	public void clearAgain(Consumer<RedisFailureException> unseen) {
		note((changes) -> changes.clear(unseen));
	}

	/**
	 * Void all entries.
	 * @param unseen told of a failure that the caller does not get
	 */
	public void clear(Consumer<RedisFailureException> unseen) {
		if (!note((changes) -> changes.clear(unseen))) {
			this.cache.direct().clear(unseen);
		}
	}

	/**
	 * Void the entries with a tag.
	 * @param tag the tag
	 * @param unseen told of a failure that the caller does not get
	 */
	public void evictTag(String tag, Consumer<RedisFailureException> unseen) {
		if (!note((changes) -> changes.evictTag(tag, unseen))) {
			this.cache.direct().evictTag(tag, unseen);
		}
	}

	private boolean note(Consumer<CacheChanges> change) {
		OpenTransaction transaction = this.transactions.open();
		return transaction != null && transaction.note(this.cache, change);
	}

}
