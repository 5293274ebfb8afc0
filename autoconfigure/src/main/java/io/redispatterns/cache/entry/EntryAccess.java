package io.redispatterns.cache.entry;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one cache as its callers see them: bounded in time, and without an
 * exception when Redis fails, unless the application has an error handler that is to see
 * it.
 * <p>
 * A thread that may wait has its write acknowledged. For a thread that must not, a write
 * that takes several steps holds back what this node reads and writes after it, so that
 * the order of the calls is the order of their effects.
 */
public final class EntryAccess {

	private final RedisExecutor redis;

	private final EntryStore store;

	private final EntryValues values;

	private final EntryStatistics statistics = new EntryStatistics();

	private final BooleanSupplier raising;

	private volatile CompletableFuture<?> unfinished = CompletableFuture.completedFuture(null);

	/**
	 * Create the access to the entries of a cache.
	 * @param cache name of the cache, for the log
	 * @param redis the way to the server
	 * @param keys keys of the cache
	 * @param settings how its entries are kept
	 */
	public EntryAccess(String cache, RedisExecutor redis, Keys keys, Settings settings) {
		this.redis = redis;
		this.store = new EntryStore(redis, keys, settings.lifetime());
		this.values = new EntryValues(cache, settings.codec(), settings.tags(), this.statistics);
		this.raising = settings.raising();
	}

	/**
	 * Counters of this cache on this node.
	 * @return the counters
	 */
	public EntryStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Write a store value as bytes.
	 * @param storeValue the value
	 * @return the value as it is stored, {@code null} when it is too large
	 * @throws ValueCodecException when the value is of a type this cache does not hold
	 */
	public @Nullable WrittenValue write(Object storeValue) {
		return this.values.write(storeValue);
	}

	/**
	 * Write a loaded store value as bytes. The caller is to have the value in any case.
	 * @param storeValue the value
	 * @return the value as it is stored, {@code null} when it cannot be
	 */
	public @Nullable WrittenValue writeLoaded(Object storeValue) {
		return this.values.writeLoaded(storeValue);
	}

	public byte[] key(Object argument) {
		return this.store.key(argument);
	}

	/**
	 * Read one store value.
	 * @return the value, {@code null} when there is none
	 */
	public @Nullable Object read(byte[] key) {
		try {
			return valueAt(this.redis.await(request(key)), 0);
		}
		catch (RedisFailureException ex) {
			failed(Event.FAILED_READ, ex);
			return null;
		}
	}

	/**
	 * Read store values.
	 * @return the values in the order of the keys, {@code null} where there is none
	 */
	public @Nullable Object[] readAll(byte[]... keys) {
		@Nullable Object[] found = new @Nullable Object[keys.length];
		try {
			@Nullable byte[][] reply = this.redis.await(request(keys));
			for (int i = 0; i < keys.length; i++) {
				found[i] = valueAt(reply, i);
			}
		}
		catch (RedisFailureException ex) {
			failed(Event.FAILED_READ, ex);
		}
		return found;
	}

	/**
	 * Read one store value without waiting for it.
	 */
	public CompletableFuture<@Nullable Object> readLater(byte[] key) {
		CompletableFuture<@Nullable Entry> entry = request(key).thenCompose((reply) -> {
			Entry accepted = this.store.accept(reply, 0);
			return (accepted == null || accepted.tags().isEmpty()) ? CompletableFuture.completedFuture(accepted)
					: this.store.tagsHold(accepted).thenApply((hold) -> hold ? accepted : null);
		});
		return this.redis.bounded(entry).handle((accepted, ex) -> {
			if (ex != null) {
				failed(Event.FAILED_READ, cause(ex));
			}
			return (accepted != null) ? this.values.read(accepted) : null;
		});
	}

	/**
	 * The stamp of a load that begins now, {@code null} when its value cannot be stored.
	 */
	public @Nullable Long stamp() {
		try {
			return this.redis.await(this.store.stamp());
		}
		catch (RedisFailureException ex) {
			return null;
		}
	}

	public CompletableFuture<@Nullable Long> stampLater() {
		CompletableFuture<@Nullable Long> stamp = this.redis.bounded(this.store.stamp());
		return stamp.exceptionally((ex) -> null);
	}

	public void put(byte[] key, @Nullable WrittenValue written) {
		if (written == null) {
			evict(key);
		}
		else if (write(this.store.isOneStep(written.tags()),
				() -> this.store.put(key, written.bytes(), written.tags()))) {
			this.statistics.count(Event.PUT);
		}
	}

	public void putAll(Map<byte[], @Nullable WrittenValue> entries) {
		boolean done = write(false,
				() -> CompletableFuture.allOf(entries.entrySet()
					.stream()
					.map((entry) -> storeOrRemove(entry.getKey(), entry.getValue()))
					.toArray(CompletableFuture<?>[]::new)));
		if (done) {
			entries.forEach((key, written) -> this.statistics.count(Event.PUT));
		}
	}

	private CompletableFuture<?> storeOrRemove(byte[] key, @Nullable WrittenValue written) {
		return (written != null) ? this.store.put(key, written.bytes(), written.tags()) : this.store.remove(key);
	}

	/**
	 * Store a loaded value. A failure is counted and nothing else: the caller has the
	 * value.
	 */
	public CompletableFuture<?> fill(byte[] key, WrittenValue written, long stamp) {
		CompletableFuture<@Nullable Void> reply = this.store.fill(key, written.bytes(), written.tags(), stamp);
		return this.redis.bounded(reply).handle((done, ex) -> {
			this.statistics.count((ex != null) ? Event.FAILED_WRITE : Event.PUT);
			return done;
		});
	}

	/**
	 * Store a value where there is none.
	 * @return the store value that was there, {@code null} when there was none
	 */
	public @Nullable Object putIfAbsent(byte[] key, @Nullable WrittenValue written) {
		try {
			while (true) {
				@Nullable byte[][] reply = this.redis.await(request(key));
				Object present = valueAt(reply, 0);
				if (present != null || written == null) {
					return present;
				}
				if (this.redis.await(this.store.replace(key, reply[0], written.bytes(), written.tags()))) {
					this.statistics.count(Event.PUT);
					return null;
				}
			}
		}
		catch (RedisFailureException ex) {
			failed(Event.FAILED_WRITE, ex);
			return null;
		}
	}

	public void evict(byte[] key) {
		if (write(true, () -> this.store.remove(key).thenAccept((removed) -> {
		}))) {
			this.statistics.count(Event.REMOVAL);
		}
	}

	/**
	 * Evict an entry now.
	 * @return whether there was one
	 */
	public boolean evictIfPresent(byte[] key) {
		try {
			CompletableFuture<@Nullable byte[][]> reply = request(key);
			boolean removed = this.redis.await(this.store.remove(key));
			this.statistics.count(Event.REMOVAL);
			return removed && valueAt(this.redis.await(reply), 0) != null;
		}
		catch (RedisFailureException ex) {
			failed(Event.FAILED_WRITE, ex);
			return false;
		}
	}

	public void clear() {
		if (write(true, this.store::clear)) {
			this.statistics.count(Event.REMOVAL);
		}
	}

	public void evictTag(String tag) {
		if (write(false, () -> this.store.evictTag(tag))) {
			this.statistics.count(Event.REMOVAL);
		}
	}

	private @Nullable Object valueAt(@Nullable byte[][] reply, int index) {
		Entry entry = this.store.accept(reply, index);
		if (entry == null || (!entry.tags().isEmpty() && !this.redis.await(this.store.tagsHold(entry)))) {
			return null;
		}
		return this.values.read(entry);
	}

	/**
	 * Make a write.
	 * @return whether it was acknowledged, or is on its way
	 */
	private boolean write(boolean oneStep, Supplier<CompletableFuture<@Nullable Void>> write) {
		try {
			CompletableFuture<@Nullable Void> reply = inOrder(write);
			if (this.redis.mayWait()) {
				this.redis.await(reply);
				return true;
			}
			CompletableFuture<?> finished = this.redis.bounded(reply).handle((done, ex) -> {
				if (ex != null) {
					this.statistics.count(Event.FAILED_WRITE);
				}
				return done;
			});
			if (!oneStep) {
				this.unfinished = finished;
			}
			return true;
		}
		catch (RedisFailureException ex) {
			failed(Event.FAILED_WRITE, ex);
			return false;
		}
	}

	private CompletableFuture<@Nullable byte[][]> request(byte[]... keys) {
		// Spares each hit the supplier
		return this.unfinished.isDone() ? this.store.request(keys) : inOrder(() -> this.store.request(keys));
	}

	private <T extends @Nullable Object> CompletableFuture<T> inOrder(Supplier<CompletableFuture<T>> command) {
		CompletableFuture<?> before = this.unfinished;
		return before.isDone() ? command.get() : before.thenCompose((done) -> command.get());
	}

	private void failed(Event event, RedisFailureException failure) {
		this.statistics.count(event);
		if (this.raising.getAsBoolean()) {
			throw failure;
		}
	}

	private static RedisFailureException cause(Throwable ex) {
		return (ex.getCause() instanceof RedisFailureException failure) ? failure : (RedisFailureException) ex;
	}

	/**
	 * How the entries of a cache are kept.
	 *
	 * @param lifetime how long they live
	 * @param codec how their values become bytes
	 * @param tags which tags their values have
	 * @param raising whether a failure of Redis is an exception for the caller
	 */
	public record Settings(Lifetime lifetime, ValueCodec codec, ValueTags tags, BooleanSupplier raising) {

	}

}
