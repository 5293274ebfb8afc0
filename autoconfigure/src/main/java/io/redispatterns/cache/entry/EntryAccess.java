package io.redispatterns.cache.entry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The entries of one cache, and the way of its values into them and back.
 */
public final class EntryAccess {

	private static final long LONG_WAIT = Duration.ofMillis(50).toNanos();

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
		this.store = new EntryStore(cache, redis, keys, settings.lifetime(), settings.trusted());
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
	 * The stamp of a load that begins now; {@code null}, and counted, without an answer.
	 */
	public @Nullable Long stamp() {
		try {
			Long known = this.store.knownStamp();
			return (known != null) ? known : this.order.await(this.store.stamp());
		}
		catch (RedisFailureException ex) {
			return unstored(ex);
		}
	}

	public CompletableFuture<@Nullable Long> stampLater() {
		Long known = this.store.knownStamp();
		return (known != null) ? CompletableFuture.completedFuture(known) : this.order.bounded(this.store.stamp())
			.handle((stamp, ex) -> (ex != null) ? unstored(CommandOrder.failure(ex)) : stamp);
	}

	private @Nullable Long unstored(RedisFailureException ex) {
		this.statistics.count(Event.FAILED_WRITE, ex.kind());
		return null;
	}

	/**
	 * Store a loaded value, and take it back when a write has come between. A failure is
	 * counted and told as {@code false}: the caller has the value.
	 * @param current whether no write has come between
	 */
	public CompletableFuture<Boolean> fill(byte[] key, WrittenValue written, long stamp, BooleanSupplier current) {
		return this.writer.fill(key, written, stamp, current);
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
	 * @param nullValues whether null is cached
	 * @param reports how the application is told of failures of Redis
	 * @param trusted whether what other nodes have left may be used
	 */
	public record Settings(Lifetime lifetime, ValueCodec codec, ValueTags tags, boolean nullValues,
			ErrorReports reports, BooleanSupplier trusted) {

	}

}
