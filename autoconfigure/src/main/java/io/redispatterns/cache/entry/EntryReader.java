package io.redispatterns.cache.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.entry.Entry.Times;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.lease.Aged;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Renewal;
import io.redispatterns.cache.near.HotKeys;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.value.EntryHeader;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one cache as its callers see them: bounded in time, and misses when Redis
 * fails. What is read is a store value, an {@link Aged} one or a {@link Miss}.
 */
public final class EntryReader {

	// Not what was seen before Redis was asked
	private static final long UNSEEN = -1;

	private static final long RENEWED = -2;

	private final EntryStore store;

	private final NearCache near;

	private final HotKeys hot;

	private final CommandOrder order;

	private final EntryValues values;

	private final EntryStatistics statistics;

	private final ErrorReports reports;

	EntryReader(EntryStore store, CommandOrder order, EntryValues values, EntryStatistics statistics,
			ErrorReports reports) {
		this.store = store;
		this.near = store.near().near();
		this.hot = store.near().hot();
		this.order = order;
		this.values = values;
		this.statistics = statistics;
		this.reports = reports;
	}

	/**
	 * Read one store value.
	 * @return what was found, of which {@link Miss#UNKNOWN} and what has expired are for
	 * the caller to count
	 */
	public Object read(byte[] key) {
		Object found = Miss.ABSENT;
		long seen = seen(key);
		this.hot.read(key);
		try {
			found = find(key, this.order.await(request(key)), seen);
		}
		catch (RedisFailureException ex) {
			fail(ex);
			found = Miss.UNKNOWN;
		}
		finally {
			count(found);
		}
		return found;
	}

	/**
	 * Read store values.
	 * @return what was found, in the order of the keys, each as of {@link #read}
	 */
	public Object[] readAll(byte[]... keys) {
		Object[] found = all(keys, Miss.ABSENT);
		long[] seen = seen(keys);
		Arrays.asList(keys).forEach(this.hot::read);
		try {
			found = this.order.await(findAll(keys, this.order.await(request(keys)), seen));
		}
		catch (RedisFailureException ex) {
			fail(ex);
			found = all(keys, Miss.UNKNOWN);
		}
		finally {
			Arrays.asList(found).forEach(this::count);
		}
		return found;
	}

	public CompletableFuture<Object> readLater(byte[] key) {
		return readAllLater(key).thenApply((found) -> found[0]);
	}

	public CompletableFuture<Object[]> readAllLater(byte[]... keys) {
		Arrays.asList(keys).forEach(this.hot::read);
		return requestAllLater(keys).handle((found, ex) -> {
			Object[] answers = (found != null) ? found : all(keys, Miss.ABSENT);
			try {
				if (ex != null) {
					fail(CommandOrder.failure(ex));
					answers = all(keys, Miss.UNKNOWN);
				}
			}
			finally {
				Arrays.asList(answers).forEach(this::count);
			}
			return answers;
		});
	}

	/**
	 * Look again, without counting it.
	 */
	public Object peek(byte[] key) {
		long seen = this.near.seen(key);
		try {
			return find(key, this.order.await(request(key)), seen);
		}
		catch (RedisFailureException ex) {
			return Miss.UNKNOWN;
		}
	}

	public CompletableFuture<Object> peekLater(byte[] key) {
		return peekAllLater(key).thenApply((found) -> found[0]);
	}

	public CompletableFuture<Object[]> peekAllLater(byte[]... keys) {
		return requestAllLater(keys).exceptionally((ex) -> all(keys, Miss.UNKNOWN));
	}

	private static Object[] all(byte[][] keys, Miss miss) {
		return Collections.nCopies(keys.length, (Object) miss).toArray();
	}

	/**
	 * What is known of an entry beside its value.
	 * @return the header, {@code null} when there is no entry
	 * @throws RedisFailureException when Redis does not answer
	 */
	public @Nullable EntryHeader header(byte[] key) {
		@Nullable byte[][] reply = this.order.await(request(key));
		byte[] bytes = reply[0];
		if (bytes == null) {
			return null;
		}
		return Entry.decode(bytes).header(bytes.length, !(find(key, reply, UNSEEN) instanceof Miss));
	}

	/**
	 * The store value in a reply.
	 * @return the value, {@code null} when there is none
	 */
	@Nullable Object value(byte[] key, @Nullable byte[][] reply) {
		Object found = find(key, reply, UNSEEN);
		if (found instanceof Aged aged) {
			return aged.isFresh() ? aged.value() : null;
		}
		return (found instanceof Miss) ? null : found;
	}

	private Object find(byte[] key, @Nullable byte[][] reply, long seen) {
		Entry entry = this.store.accept(reply, 0);
		boolean holds = entry != null && (entry.tags().isEmpty() || this.order.await(this.store.tagsHold(entry)));
		return found(key, reply[0], holds ? entry : null, seen);
	}

	private Object found(byte[] key, byte @Nullable [] bytes, @Nullable Entry valid, long seen) {
		Object value = (valid != null) ? this.values.read(valid) : null;
		if (bytes == null || valid == null || value == null || seen == RENEWED) {
			return (bytes != null) ? Miss.of(bytes) : Miss.ABSENT;
		}
		Times times = valid.times();
		if (times == Times.UNKNOWN) {
			return value;
		}
		long left = this.store.left(key, times);
		if (left <= 0 || this.store.lifetime().isDue(times, left)) {
			return new Aged(value, Miss.of(bytes), -left);
		}
		if (seen != UNSEEN && left != Long.MAX_VALUE) {
			this.near.keep(key, value, valid.tags(), seen, this.store.lifetime().nearMillis(times, left));
		}
		return value;
	}

	private CompletableFuture<Object[]> findAll(byte[][] keys, @Nullable byte[][] reply, long[] seen) {
		@Nullable Entry[] entries = new @Nullable Entry[keys.length];
		List<CompletableFuture<?>> checks = new ArrayList<>();
		for (int i = 0; i < keys.length; i++) {
			Entry entry = this.store.accept(reply, i);
			entries[i] = entry;
			if (entry != null && !entry.tags().isEmpty()) {
				int place = i;
				checks.add(this.store.tagsHold(entry).thenAccept((holds) -> entries[place] = holds ? entry : null));
			}
		}
		return CompletableFuture.allOf(checks.toArray(CompletableFuture<?>[]::new)).thenApply((done) -> {
			Object[] found = new Object[keys.length];
			Arrays.setAll(found, (i) -> found(keys[i], reply[i], entries[i], seen[i]));
			return found;
		});
	}

	private CompletableFuture<Object[]> requestAllLater(byte[]... keys) {
		long[] seen = seen(keys);
		return this.order.bounded(request(keys).thenCompose((reply) -> findAll(keys, reply, seen)));
	}

	private long[] seen(byte[][] keys) {
		return Arrays.stream(keys).mapToLong(this::seen).toArray();
	}

	private long seen(byte[] key) {
		return Renewal.isGoingOn() ? RENEWED : this.near.seen(key);
	}

	private CompletableFuture<@Nullable byte[][]> request(byte[]... keys) {
		// Spares each hit the supplier
		return this.order.isIdle() ? this.store.request(keys) : this.order.send(() -> this.store.request(keys), keys);
	}

	private void fail(RedisFailureException failure) {
		this.statistics.count(Event.FAILED_READ, failure.kind());
		this.reports.raise(failure);
	}

	private void count(Object found) {
		boolean expired = found instanceof Aged aged && !aged.isFresh();
		if (found != Miss.UNKNOWN && !expired) {
			this.statistics.count((found instanceof Miss) ? Event.MISS : Event.HIT);
		}
	}

}
