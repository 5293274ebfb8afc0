package io.redispatterns.cache.entry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.delivery.Journal;
import io.redispatterns.cache.entry.EntryDelivery.Write;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one cache as its callers see them: bounded in time, in the order of the
 * calls, and without an exception when Redis fails, unless the application has an error
 * handler that is to see it. A write that fails is counted, and noted in the journal
 * before its caller goes on.
 */
public final class EntryWriter {

	/**
	 * How many values are to be acknowledged within one command timeout.
	 */
	private static final int BATCH = 100;

	private final EntryStore store;

	private final CommandOrder order;

	private final EntryReader reader;

	private final EntryStatistics statistics;

	private final ErrorReports reports;

	private final EntryPuts puts;

	private final EntryDelivery delivery;

	private final Journal journal;

	EntryWriter(EntryStore store, CommandOrder order, EntryReader reader, EntryStatistics statistics,
			ErrorReports reports) {
		this.store = store;
		this.order = order;
		this.reader = reader;
		this.statistics = statistics;
		this.reports = reports;
		this.puts = store.puts();
		this.delivery = new EntryDelivery(order, statistics, reports, store.near().near());
		this.journal = store.redelivery().journal();
	}

	/**
	 * Store a value, or remove the entry when it cannot be stored.
	 * @param unseen told of a failure that the caller does not get
	 * @return whether this is done, or on its way
	 */
	public boolean put(byte[] key, @Nullable WrittenValue written, Consumer<RedisFailureException> unseen) {
		return this.delivery.make(List.of(write(key, written)), unseen, key);
	}

	/**
	 * Store values. A failure in one batch does not keep the others back.
	 * @param unseen told of a failure that the caller does not get
	 */
	public void putAll(Map<byte[], @Nullable WrittenValue> entries, Consumer<RedisFailureException> unseen) {
		List<byte[]> keys = List.copyOf(entries.keySet());
		RedisFailureException failure = null;
		for (int i = 0; i < keys.size(); i += BATCH) {
			List<byte[]> batch = keys.subList(i, Math.min(i + BATCH, keys.size()));
			try {
				this.delivery.make(batch.stream().map((key) -> write(key, entries.get(key))).toList(), unseen,
						batch.toArray(byte[][]::new));
			}
			catch (RedisFailureException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private Write write(byte[] key, @Nullable WrittenValue written) {
		if (written == null) {
			return new Write(Event.REMOVAL, () -> this.store.remove(key), (ex) -> this.journal.add(key, 0));
		}
		Put put = this.puts.prepare(key, written, 0);
		return new Write(Event.PUT, () -> this.puts.put(put), (ex) -> this.journal.add(key, put.deadline(ex)));
	}

	/**
	 * Store what was loaded under a lease, or perhaps written since, or remove the entry.
	 * @param unseen told of a failure that the caller does not get
	 * @return whether this is done, or on its way
	 */
	public boolean putLeased(Grant grant, WrittenValue written, Consumer<RedisFailureException> unseen) {
		byte[] key = grant.key();
		Put put = this.puts.prepare(key, written, 0);
		Supplier<CompletableFuture<?>> fill = () -> this.puts.fillOrRemove(grant, put).thenAccept(this::countRefusal);
		return this.delivery.make(List.of(new Write(Event.PUT, fill, (ex) -> this.journal.add(key, 0))), unseen, key);
	}

	/**
	 * Store what was loaded under a lease. A failure is counted: it makes nothing old.
	 * @param written the value, {@code null} only to learn whether the lease is good
	 * @param load how long the load took, in milliseconds
	 */
	CompletableFuture<Filled> fill(Grant grant, @Nullable WrittenValue written, int load) {
		byte[] key = grant.key();
		Put put = (written != null) ? this.puts.prepare(key, written, load) : null;
		Supplier<CompletableFuture<Boolean>> fill = () -> this.puts.fill(grant, put);
		Consumer<RedisFailureException> failed = (ex) -> this.statistics.count(Event.FAILED_WRITE, ex.kind());
		CompletableFuture<Boolean> reply;
		if (this.order.mayWait()) {
			reply = this.order.bounded(this.order.send(fill, key)).whenComplete((done, ex) -> {
				if (ex != null) {
					failed.accept(CommandOrder.failure(ex));
				}
			});
		}
		else {
			reply = this.order.hold(fill, failed, key);
		}
		return reply.handle((good, ex) -> {
			if (ex != null) {
				return Filled.FAILED;
			}
			countRefusal(good);
			if (good && put != null) {
				this.statistics.count(Event.PUT);
			}
			return good ? Filled.STORED : Filled.REFUSED;
		});
	}

	private void countRefusal(boolean good) {
		if (!good) {
			this.statistics.count(Event.REFUSED);
		}
	}

	/**
	 * Store a value where there is none.
	 * @return the store value that was there, {@code null} when there was none
	 */
	public @Nullable Object putIfAbsent(byte[] key, @Nullable WrittenValue written) {
		Put put = null;
		try {
			while (true) {
				@Nullable byte[][] reply = this.order.await(this.order.send(() -> this.store.request(key), key));
				Object present = this.reader.value(key, reply);
				if (present != null || written == null) {
					return present;
				}
				put = this.puts.prepare(key, written, 0);
				if (this.order.await(this.puts.replace(put, reply[0]))) {
					this.statistics.count(Event.PUT);
					return null;
				}
			}
		}
		catch (RedisFailureException ex) {
			this.journal.add(key, (put != null) ? put.deadline(ex) : 0);
			fail(ex);
			return null;
		}
	}

	/**
	 * Remove an entry.
	 * @param unseen told of a failure that the caller does not get
	 */
	public void evict(byte[] key, Consumer<RedisFailureException> unseen) {
		this.delivery.make(List.of(write(key, null)), unseen, key);
	}

	/**
	 * Evict an entry now.
	 * @return whether there was one
	 */
	public boolean evictIfPresent(byte[] key) {
		try {
			@Nullable byte[][] reply = this.order.await(this.order.send(() -> this.store.take(key), key));
			this.statistics.count(Event.REMOVAL);
			return this.reader.value(key, reply) != null;
		}
		catch (RedisFailureException ex) {
			this.journal.add(key, 0);
			fail(ex);
			return false;
		}
	}

	/**
	 * Void all entries.
	 * @param unseen told of a failure that the caller does not get
	 */
	public void clear(Consumer<RedisFailureException> unseen) {
		this.delivery.make(List.of(new Write(Event.REMOVAL, this.store::clear, (ex) -> this.journal.addEverything())),
				unseen);
	}

	/**
	 * Void the entries with a tag.
	 * @param unseen told of a failure that the caller does not get
	 */
	public void evictTag(String tag, Consumer<RedisFailureException> unseen) {
		this.delivery.make(
				List.of(new Write(Event.REMOVAL, () -> this.store.evictTag(tag), (ex) -> this.journal.addTag(tag))),
				unseen);
	}

	private void fail(RedisFailureException failure) {
		this.statistics.count(Event.FAILED_WRITE, failure.kind());
		this.reports.raise(failure);
	}

	/**
	 * What became of a fill.
	 */
	public enum Filled {

		/**
		 * The lease was good, and the value is stored if it was to be.
		 */
		STORED,

		/**
		 * The lease was void.
		 */
		REFUSED,

		/**
		 * Redis did not answer, or has no memory, or is not trusted.
		 */
		FAILED

	}

}
