package io.redispatterns.cache.entry;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Writes of one cache as its callers see them: bounded in time, in the order of the
 * calls, and without an exception when Redis fails, unless the application has an error
 * handler that is to see it.
 */
public final class EntryAccess {

	private final EntryStore store;

	private final EntryOrder order;

	private final EntryValues values;

	private final EntryFailures failures;

	private final EntryReader reader;

	private final EntryStatistics statistics = new EntryStatistics();

	/**
	 * Create the access to the entries of a cache.
	 * @param cache name of the cache, for the log
	 * @param redis the way to the server
	 * @param keys keys of the cache
	 * @param settings how its entries are kept
	 */
	public EntryAccess(String cache, RedisExecutor redis, Keys keys, Settings settings) {
		this.store = new EntryStore(redis, keys, settings.lifetime());
		this.order = new EntryOrder(redis);
		this.values = new EntryValues(cache, settings, this.statistics);
		this.failures = new EntryFailures(this.statistics, settings.raising());
		this.reader = new EntryReader(this.store, this.order, this.values, this.failures);
	}

	public EntryStatistics statistics() {
		return this.statistics;
	}

	public EntryReader reader() {
		return this.reader;
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
	 * Write a loaded value as bytes. The caller is to have the value in any case.
	 * @param loaded the value
	 * @return the value as it is stored, {@code null} when it cannot be
	 */
	public @Nullable WrittenValue writeLoaded(@Nullable Object loaded) {
		return this.values.writeLoaded(loaded);
	}

	public byte[] key(Object argument) {
		Assert.notNull(argument, "'key' must not be null");
		return this.store.key(argument);
	}

	/**
	 * The stamp of a load that begins now, {@code null} when its value cannot be stored.
	 */
	public @Nullable Long stamp() {
		try {
			Long known = this.store.knownStamp();
			return (known != null) ? known : this.order.await(this.store.stamp());
		}
		catch (RedisFailureException ex) {
			return null;
		}
	}

	public CompletableFuture<@Nullable Long> stampLater() {
		Long known = this.store.knownStamp();
		return (known != null) ? CompletableFuture.completedFuture(known)
				: this.order.bounded(this.store.stamp()).handle((stamp, ex) -> stamp);
	}

	/**
	 * Store a value and tell whether it is stored, or on its way.
	 */
	public boolean put(byte[] key, @Nullable WrittenValue written) {
		if (written == null) {
			evict(key);
		}
		else if (write(() -> this.store.put(key, written.bytes(), written.tags()), key)) {
			this.statistics.count(Event.PUT);
			return true;
		}
		return written == null;
	}

	public void putAll(Map<byte[], @Nullable WrittenValue> entries) {
		byte[][] keys = entries.keySet().toArray(byte[][]::new);
		boolean done = keys.length == 0 || write(() -> CompletableFuture.allOf(entries.entrySet()
			.stream()
			.map((entry) -> storeOrRemove(entry.getKey(), entry.getValue()))
			.toArray(CompletableFuture<?>[]::new)), keys);
		if (done) {
			entries.values().forEach((written) -> this.statistics.count((written != null) ? Event.PUT : Event.REMOVAL));
		}
	}

	private CompletableFuture<?> storeOrRemove(byte[] key, @Nullable WrittenValue written) {
		return (written != null) ? this.store.put(key, written.bytes(), written.tags()) : this.store.remove(key);
	}

	/**
	 * Store a loaded value, and take it back when a write has come between. A failure is
	 * counted and told as {@code false}: the caller has the value.
	 * @param current whether no write has come between
	 */
	public CompletableFuture<Boolean> fill(byte[] key, WrittenValue written, long stamp, BooleanSupplier current) {
		Supplier<CompletableFuture<@Nullable Void>> fill = () -> this.store
			.fill(key, written.bytes(), written.tags(), stamp)
			.thenCompose((done) -> current.getAsBoolean() ? CompletableFuture.completedFuture(done)
					: this.store.retract(key, written.bytes(), written.tags(), stamp));
		CompletableFuture<@Nullable Void> reply = this.order.mayWait() ? this.order.bounded(this.order.send(fill, key))
				: this.order.hold(fill, key);
		return reply.handle((done, ex) -> {
			this.statistics.count((ex != null) ? Event.FAILED_WRITE : Event.PUT);
			return ex == null;
		});
	}

	public void settle(CompletableFuture<?> filled) {
		if (this.order.mayWait()) {
			filled.join();
		}
	}

	/**
	 * Store a value where there is none.
	 * @return the store value that was there, {@code null} when there was none
	 */
	public @Nullable Object putIfAbsent(byte[] key, @Nullable WrittenValue written) {
		try {
			while (true) {
				@Nullable byte[][] reply = this.order.await(this.order.send(() -> this.store.request(key), key));
				Object present = this.reader.value(reply);
				if (present != null || written == null) {
					return present;
				}
				if (this.order.await(this.store.replace(key, reply[0], written.bytes(), written.tags()))) {
					this.statistics.count(Event.PUT);
					return null;
				}
			}
		}
		catch (RedisFailureException ex) {
			this.failures.raise(Event.FAILED_WRITE, ex);
			return null;
		}
	}

	public void evict(byte[] key) {
		if (write(() -> this.store.remove(key), key)) {
			this.statistics.count(Event.REMOVAL);
		}
	}

	/**
	 * Evict an entry now.
	 * @return whether there was one
	 */
	public boolean evictIfPresent(byte[] key) {
		try {
			@Nullable byte[][] reply = this.order.await(this.order.send(() -> this.store.take(key), key));
			this.statistics.count(Event.REMOVAL);
			return this.reader.value(reply) != null;
		}
		catch (RedisFailureException ex) {
			this.failures.raise(Event.FAILED_WRITE, ex);
			return false;
		}
	}

	public void clear() {
		if (write(this.store::clear)) {
			this.statistics.count(Event.REMOVAL);
		}
	}

	public void evictTag(String tag) {
		if (write(() -> this.store.evictTag(tag))) {
			this.statistics.count(Event.REMOVAL);
		}
	}

	/**
	 * Make a write.
	 * @return whether it was acknowledged, or is on its way
	 */
	private <T extends @Nullable Object> boolean write(Supplier<CompletableFuture<T>> write, byte[]... keys) {
		if (!this.order.mayWait()) {
			this.order.hold(write, keys).exceptionally((ex) -> {
				this.statistics.count(Event.FAILED_WRITE);
				return null;
			});
			return true;
		}
		try {
			this.order.await(this.order.send(write, keys));
			return true;
		}
		catch (RedisFailureException ex) {
			this.failures.raise(Event.FAILED_WRITE, ex);
			return false;
		}
	}

	/**
	 * How the entries of a cache are kept.
	 *
	 * @param lifetime how long they live
	 * @param codec how their values become bytes
	 * @param tags which tags their values have
	 * @param nullValues whether null is cached
	 * @param raising whether a failure of Redis is an exception for the caller
	 */
	public record Settings(Lifetime lifetime, ValueCodec codec, ValueTags tags, boolean nullValues,
			BooleanSupplier raising) {

	}

}
