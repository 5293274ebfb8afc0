package io.redispatterns.cache.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one cache as its callers see them: bounded in time, and misses when Redis
 * fails.
 */
public final class EntryReader {

	/**
	 * Stands for a value that Redis did not answer for.
	 */
	public static final Object UNKNOWN = new Object();

	private final EntryStore store;

	private final CommandOrder order;

	private final EntryValues values;

	private final EntryStatistics statistics;

	private final ErrorReports reports;

	EntryReader(EntryStore store, CommandOrder order, EntryValues values, EntryStatistics statistics,
			ErrorReports reports) {
		this.store = store;
		this.order = order;
		this.values = values;
		this.statistics = statistics;
		this.reports = reports;
	}

	/**
	 * Read one store value.
	 * @return the value, {@code null} when there is none, {@link #UNKNOWN} without an
	 * answer, which is for the caller to count
	 */
	public @Nullable Object read(byte[] key) {
		Object found = null;
		try {
			found = value(this.order.await(request(key)));
		}
		catch (RedisFailureException ex) {
			fail(ex);
			found = UNKNOWN;
		}
		finally {
			count(found);
		}
		return found;
	}

	/**
	 * Read store values.
	 * @return the values in the order of the keys, each as of {@link #read}
	 */
	public @Nullable Object[] readAll(byte[]... keys) {
		@Nullable Object[] found = new @Nullable Object[keys.length];
		try {
			found = values(this.order.await(request(keys)), keys.length);
		}
		catch (RedisFailureException ex) {
			fail(ex);
			Arrays.fill(found, UNKNOWN);
		}
		finally {
			Arrays.asList(found).forEach(this::count);
		}
		return found;
	}

	public CompletableFuture<@Nullable Object> readLater(byte[] key) {
		return requestLater(key).handle((found, ex) -> {
			Object answer = found;
			try {
				if (ex != null) {
					fail(CommandOrder.failure(ex));
					answer = UNKNOWN;
				}
			}
			finally {
				count(answer);
			}
			return answer;
		});
	}

	/**
	 * Look again, without counting it: a failure is a miss.
	 */
	public @Nullable Object peek(byte[] key) {
		try {
			return value(this.order.await(request(key)));
		}
		catch (RedisFailureException ex) {
			return UNKNOWN;
		}
	}

	public CompletableFuture<@Nullable Object> peekLater(byte[] key) {
		return requestLater(key).exceptionally((ex) -> UNKNOWN);
	}

	/**
	 * Read a value that was written but not stored.
	 * @return the store value, {@code null} when it cannot be read
	 */
	public @Nullable Object decode(WrittenValue written) {
		return this.values.read(Entry.decode(Entry.encode(written.bytes(), 0, List.of())));
	}

	@Nullable Object value(@Nullable byte[][] reply) {
		Entry entry = this.store.accept(reply, 0);
		if (entry == null || (!entry.tags().isEmpty() && !this.order.await(this.store.tagsHold(entry)))) {
			return null;
		}
		return this.values.read(entry);
	}

	private @Nullable Object[] values(@Nullable byte[][] reply, int count) {
		@Nullable Entry[] entries = new @Nullable Entry[count];
		List<@Nullable CompletableFuture<Boolean>> checks = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Entry entry = this.store.accept(reply, i);
			entries[i] = entry;
			checks.add((entry != null) ? this.store.tagsHold(entry) : CompletableFuture.completedFuture(false));
		}
		@Nullable Object[] values = new @Nullable Object[count];
		for (int i = 0; i < count; i++) {
			Entry entry = entries[i];
			values[i] = (entry != null && this.order.await(checks.get(i))) ? this.values.read(entry) : null;
		}
		return values;
	}

	private CompletableFuture<@Nullable byte[][]> request(byte[]... keys) {
		// Spares each hit the supplier
		return this.order.isIdle() ? this.store.request(keys) : this.order.send(() -> this.store.request(keys), keys);
	}

	private CompletableFuture<@Nullable Object> requestLater(byte[] key) {
		CompletableFuture<@Nullable Entry> entry = request(key).thenCompose((reply) -> {
			Entry accepted = this.store.accept(reply, 0);
			return (accepted != null) ? this.store.tagsHold(accepted).thenApply((hold) -> hold ? accepted : null)
					: CompletableFuture.completedFuture(null);
		});
		return this.order.bounded(entry)
			.thenApply((accepted) -> (accepted != null) ? this.values.read(accepted) : null);
	}

	private void fail(RedisFailureException failure) {
		this.statistics.count(Event.FAILED_READ, failure.kind());
		this.reports.raise(failure);
	}

	private void count(@Nullable Object found) {
		if (found != UNKNOWN) {
			this.statistics.count((found != null) ? Event.HIT : Event.MISS);
		}
	}

}
