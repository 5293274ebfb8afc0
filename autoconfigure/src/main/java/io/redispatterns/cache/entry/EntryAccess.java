package io.redispatterns.cache.entry;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.delivery.Evictions;
import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.EntryWriter.Filled;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.cache.value.ValueTags;
import io.redispatterns.cache.value.ValueVersion;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The entries of one cache, and the way of its values into them and back.
 */
public final class EntryAccess {

	private static final long LONG_WAIT = Duration.ofMillis(50).toNanos();

	private final Keys keys;

	private final EntryStore store;

	private final CommandOrder order;

	private final EntryValues values;

	private final ErrorReports reports;

	private final EntryReader reader;

	private final EntryWriter writer;

	private final EntryStatistics statistics = new EntryStatistics();

	/**
	 * Create the access to the entries of a cache.
	 * @param cache name of the cache, for the log
	 */
	public EntryAccess(String cache, RedisExecutor redis, Keys keys, Settings settings) {
		this.keys = keys;
		this.store = new EntryStore(cache, redis, keys, settings);
		this.order = new CommandOrder(redis);
		this.values = new EntryValues(cache, settings, this.statistics);
		this.reports = settings.reports();
		this.reader = new EntryReader(this.store, this.order, this.values, this.statistics, this.reports);
		this.writer = new EntryWriter(this.store, this.order, this.reader, this.statistics, this.reports);
	}

	public EntryStatistics statistics() {
		return this.statistics;
	}

	public EntryReader reader() {
		return this.reader;
	}

	public EntryWriter writer() {
		return this.writer;
	}

	public Redelivery redelivery() {
		return this.store.redelivery();
	}

	public CommandOrder order() {
		return this.order;
	}

	/**
	 * How entries are evicted without waiting.
	 */
	public Evictions evictions() {
		return this.store;
	}

	/**
	 * What voids all entries, or those with a tag.
	 */
	public Generations generations() {
		return this.store.generations();
	}

	public ErrorReports reports() {
		return this.reports;
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
	 * Write a value as bytes that was loaded, or is in a database already. The caller is
	 * to have the value in any case.
	 * @param loaded the value
	 * @return the value as it is stored, {@code null} when it cannot be
	 */
	public @Nullable WrittenValue writeLoaded(@Nullable Object loaded) {
		return this.values.writeLoaded(loaded);
	}

	/**
	 * Read a value that was written but not stored.
	 * @return the store value, {@code null} when it cannot be read
	 */
	public @Nullable Object read(WrittenValue written) {
		return this.values.read(written);
	}

	public byte[] key(Object argument) {
		Assert.notNull(argument, "'key' must not be null");
		return this.keys.key(argument);
	}

	/**
	 * How other nodes are told of writes, and what is kept near.
	 */
	public NearWrites near() {
		return this.store.near();
	}

	/**
	 * The leases of the entries.
	 */
	public Leases leases() {
		return this.store.leases();
	}

	/**
	 * End a reply in time without waiting for it.
	 */
	public <T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> reply) {
		return this.order.bounded(reply);
	}

	/**
	 * What a caller still waits for Redis, who waits for one command timeout in all.
	 * @param waited how long he has waited, in nanoseconds
	 * @return nanoseconds, at least one
	 */
	public long patience(long waited) {
		return Math.max(1, this.order.commandTimeout().toNanos() - waited);
	}

	/**
	 * Whether this thread may wait for others.
	 */
	public boolean mayWait() {
		return this.order.mayWait();
	}

	/**
	 * Count a load that cannot be stored.
	 */
	public void unstored(Throwable failure) {
		Kind kind = (failure instanceof RedisFailureException ex) ? ex.kind() : Kind.TIMEOUT;
		this.statistics.count(Event.FAILED_WRITE, kind);
	}

	/**
	 * The stamp of a load that begins now, {@link Generations#FENCED} when it may not be
	 * stored.
	 */
	public CompletableFuture<Long> stamp() {
		CompletableFuture<Long> stamp = this.store.stamp();
		return stamp.isDone() ? stamp : this.order.bounded(stamp);
	}

	/**
	 * Store a loaded value if its lease is still good.
	 * @param written the value, {@code null} only to learn whether the lease is good
	 * @param load how long the load took, in milliseconds
	 */
	public CompletableFuture<Filled> fill(Grant grant, @Nullable WrittenValue written, int load) {
		return this.writer.fill(grant, written, load);
	}

	/**
	 * The stamp of values with some tags that are right now, from the server;
	 * {@link Generations#FENCED} when they may not be stored.
	 */
	public CompletableFuture<Long> stampOf(Set<String> tags) {
		return this.store.puts().stamp(tags);
	}

	/**
	 * A value as arguments of a script that stores it as {@code store.lua} does.
	 */
	public byte[][] stored(byte[] key, WrittenValue written, long stamp) {
		Put put = this.store.puts().prepare(key, written, 0);
		return put.arguments(put.encode(stamp));
	}

	/**
	 * Wait for a fill on a thread that may wait and has not waited long before.
	 * @param waited how long the thread has waited for the read, in nanoseconds
	 */
	public void settle(CompletableFuture<?> filled, long waited) {
		if (waited < LONG_WAIT && this.order.mayWait()) {
			filled.join();
		}
	}

	/**
	 * How the entries of a cache are kept.
	 *
	 * @param lifetime how long they live
	 * @param codec how their values become bytes
	 * @param tags which tags their values have
	 * @param version which version their values have
	 * @param nullValues whether null is cached
	 * @param reports how the application is told of failures of Redis
	 * @param trusted whether what other nodes have left may be used
	 * @param near how other nodes are told of writes, and what is kept near
	 */
	public record Settings(Lifetime lifetime, ValueCodec codec, ValueTags tags, ValueVersion version,
			boolean nullValues, ErrorReports reports, BooleanSupplier trusted, NearWrites near) {

	}

}
