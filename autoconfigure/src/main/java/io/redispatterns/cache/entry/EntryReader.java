package io.redispatterns.cache.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

	private final EntryOrder order;

	private final EntryValues values;

	private final EntryFailures failures;

	EntryReader(EntryStore store, EntryOrder order, EntryValues values, EntryFailures failures) {
		this.store = store;
		this.order = order;
		this.values = values;
		this.failures = failures;
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
			this.failures.raise(Event.FAILED_READ, ex);
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
			this.failures.raise(Event.FAILED_READ, ex);
			Arrays.fill(found, UNKNOWN);
		}
		finally {
			Arrays.asList(found).forEach(this::count);
		}
		return found;
	}

	/**
	 * Read one store value without waiting for it.
	 */
	public CompletableFuture<@Nullable Object> readLater(byte[] key) {
		return requestLater(key).handle((found, ex) -> {
			Object answer = found;
			try {
				if (ex != null) {
					this.failures.raise(Event.FAILED_READ, ex);
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
	 * Look again for a value that was missed: not counted, and never an exception.
	 */
	public @Nullable Object peek(byte[] key) {
		try {
			return value(this.order.await(request(key)));
		}
		catch (RedisFailureException ex) {
			return UNKNOWN;
		}
	}

	/**
	 * Look again for a value that was missed, without waiting for it.
	 */
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

	/**
	 * The value at the first place of a reply.
	 */
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

	private void count(@Nullable Object found) {
		if (found != UNKNOWN) {
			this.failures.count((found != null) ? Event.HIT : Event.MISS);
		}
	}

}
