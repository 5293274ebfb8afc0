package io.redispatterns.cache.fence;

import java.util.Map;
import java.util.function.Consumer;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.fill.Fills;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.cache.load.Lookups;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one cache that take effect at once. What was loaded before one of them is
 * forgotten with it.
 */
public final class DirectWrites {

	private final EntryAccess entries;

	private final Fills fills;

	private final Lookups lookups;

	DirectWrites(EntryAccess entries, Loads loads) {
		this.entries = entries;
		this.fills = loads.fills();
		this.lookups = loads.lookups();
	}

	public void put(Change change) {
		this.lookups.put(change.key(), change.ticket(), change.written(), change.unseen());
	}

	public void putAll(Map<byte[], @Nullable WrittenValue> written, Consumer<RedisFailureException> unseen) {
		written.keySet().forEach(this.fills::forget);
		this.entries.writer().putAll(written, unseen);
	}

	public void evict(byte[] key, Consumer<RedisFailureException> unseen) {
		this.fills.forget(key);
		this.entries.writer().evict(key, unseen);
	}

	public void clear(Consumer<RedisFailureException> unseen) {
		this.fills.forgetAll();
		this.entries.writer().clear(unseen);
	}

	public void evictTag(String tag, Consumer<RedisFailureException> unseen) {
		this.fills.forgetAll();
		this.entries.writer().evictTag(tag, unseen);
	}

	/**
	 * Make what a transaction has made of the cache, one change after the other. A
	 * failure is told to whom it is for, as the caller of the transaction gets none.
	 */
	void make(CacheChanges changes) {
		Consumer<RedisFailureException> clear = changes.cleared();
		if (clear != null) {
			attempt(() -> clear(clear), clear);
		}
		changes.tags().forEach((tag, unseen) -> attempt(() -> evictTag(tag, unseen), unseen));
		changes.keys().forEach((change) -> attempt(() -> make(change), change.unseen()));
	}

	private void make(Change change) {
		if (change.written() != null) {
			put(change);
		}
		else {
			evict(change.key(), change.unseen());
		}
	}

	private static void attempt(Runnable write, Consumer<RedisFailureException> unseen) {
		try {
			write.run();
		}
		catch (RedisFailureException ex) {
			unseen.accept(ex);
		}
	}

	void forget(CacheChanges changes) {
		if (changes.isVoided()) {
			this.fills.forgetAll();
		}
		changes.keys().forEach((change) -> this.fills.forget(change.key()));
	}

}
