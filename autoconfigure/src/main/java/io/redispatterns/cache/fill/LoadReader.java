package io.redispatterns.cache.fill;

import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.lease.Aged;
import io.redispatterns.cache.lease.Miss;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one cache, in which a stand-in answers where Redis does not. Loads are told
 * what is missed, others that there is nothing.
 */
public final class LoadReader {

	private final EntryAccess entries;

	private final StandIns standIns;

	public LoadReader(EntryAccess entries, StandIns standIns) {
		this.entries = entries;
		this.standIns = standIns;
	}

	/**
	 * Reads of many for a load.
	 */
	public ManyReader many() {
		return new ManyReader(this.entries.reader(), this);
	}

	/**
	 * Read one store value.
	 * @return the value, {@code null} when there is none
	 */
	public @Nullable Object read(byte[] entry) {
		return known(look(entry));
	}

	/**
	 * Read one store value without waiting for it.
	 */
	public CompletableFuture<@Nullable Object> readLater(byte[] entry) {
		return lookLater(entry).thenApply(this::known);
	}

	/**
	 * Read store values.
	 * @return the values in the order of the keys, {@code null} where there is none
	 */
	public @Nullable Object[] readAll(byte[]... entries) {
		Object[] found = this.entries.reader().readAll(entries);
		@Nullable Object[] values = new @Nullable Object[found.length];
		for (int i = 0; i < found.length; i++) {
			values[i] = known(answer(entries[i], found[i]));
		}
		return values;
	}

	private @Nullable Object known(Object found) {
		Object fresh = fresh(found);
		return (fresh instanceof Miss) ? null : fresh;
	}

	/**
	 * What was found, as it is for those who bring no loader.
	 * @return the store value or the {@link Miss}
	 */
	public Object fresh(Object found) {
		if (!(found instanceof Aged aged)) {
			return found;
		}
		if (aged.isFresh()) {
			return aged.value();
		}
		this.entries.statistics().count(Event.MISS);
		return aged.miss();
	}

	/**
	 * Read for a load.
	 * @return the store value, fresh or {@link Aged}, or the {@link Miss}
	 */
	public Object look(byte[] entry) {
		return answer(entry, this.entries.reader().read(entry));
	}

	public CompletableFuture<Object> lookLater(byte[] entry) {
		return this.entries.reader().readLater(entry).thenApply((found) -> answer(entry, found));
	}

	/**
	 * Look for what another load has brought since a miss, not counted, and without a
	 * second wait for a Redis that does not answer.
	 */
	public Object lookAgain(byte[] entry, Miss before) {
		return orStandIn(entry, (before != Miss.UNKNOWN) ? again(this.entries.reader().peek(entry)) : before);
	}

	public CompletableFuture<Object> lookAgainLater(byte[] entry, Miss before) {
		CompletableFuture<Object> found = (before != Miss.UNKNOWN) ? this.entries.reader().peekLater(entry)
				: CompletableFuture.completedFuture(before);
		return found.thenApply((again) -> orStandIn(entry, again(again)));
	}

	static Object again(Object found) {
		if (found instanceof Aged aged) {
			return aged.isFresh() ? aged.value() : aged.miss();
		}
		return found;
	}

	Object orStandIn(byte[] entry, Object found) {
		return (found != Miss.UNKNOWN) ? found : standIn(entry);
	}

	Object answer(byte[] entry, Object found) {
		if (found != Miss.UNKNOWN) {
			return found;
		}
		Object standIn = standIn(entry);
		this.entries.statistics().count((standIn != Miss.UNKNOWN) ? Event.STOOD_IN : Event.MISS);
		return standIn;
	}

	private Object standIn(byte[] entry) {
		WrittenValue kept = this.standIns.find(entry);
		Object value = (kept != null) ? this.entries.read(kept) : null;
		return (value != null) ? value : Miss.UNKNOWN;
	}

}
