package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryReader;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.WrittenValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one cache, in which a stand-in answers where Redis does not. Where neither
 * does, loads are told {@link EntryReader#UNKNOWN}, and others that there is nothing.
 */
public final class LoadReader {

	private final EntryAccess entries;

	private final StandIns standIns;

	LoadReader(EntryAccess entries, StandIns standIns) {
		this.entries = entries;
		this.standIns = standIns;
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
		return lookLater(entry).thenApply(LoadReader::known);
	}

	/**
	 * Read store values.
	 * @return the values in the order of the keys, {@code null} where there is none
	 */
	public @Nullable Object[] readAll(byte[]... entries) {
		@Nullable Object[] found = this.entries.reader().readAll(entries);
		for (int i = 0; i < found.length; i++) {
			found[i] = known(answer(entries[i], found[i]));
		}
		return found;
	}

	static boolean isValue(@Nullable Object found) {
		return found != null && found != EntryReader.UNKNOWN;
	}

	private static @Nullable Object known(@Nullable Object found) {
		return (found != EntryReader.UNKNOWN) ? found : null;
	}

	@Nullable Object look(byte[] entry) {
		return answer(entry, this.entries.reader().read(entry));
	}

	CompletableFuture<@Nullable Object> lookLater(byte[] entry) {
		return this.entries.reader().readLater(entry).thenApply((found) -> answer(entry, found));
	}

	/**
	 * Look for what another load has brought since a look, not counted, and without a
	 * second wait for a Redis that does not answer.
	 */
	@Nullable Object lookAgain(Flight flight, @Nullable Object before) {
		if (!flight.isLate()) {
			return before;
		}
		return orStandIn(flight.key(),
				(before != EntryReader.UNKNOWN) ? this.entries.reader().peek(flight.key()) : before);
	}

	CompletableFuture<@Nullable Object> lookAgainLater(Flight flight, @Nullable Object before) {
		if (!flight.isLate()) {
			return CompletableFuture.completedFuture(before);
		}
		CompletableFuture<@Nullable Object> found = (before != EntryReader.UNKNOWN)
				? this.entries.reader().peekLater(flight.key()) : CompletableFuture.completedFuture(before);
		return found.thenApply((again) -> orStandIn(flight.key(), again));
	}

	private @Nullable Object orStandIn(byte[] entry, @Nullable Object found) {
		return (found != EntryReader.UNKNOWN) ? found : standIn(entry);
	}

	private @Nullable Object answer(byte[] entry, @Nullable Object found) {
		if (found != EntryReader.UNKNOWN) {
			return found;
		}
		Object standIn = standIn(entry);
		this.entries.statistics().count((standIn != EntryReader.UNKNOWN) ? Event.STOOD_IN : Event.MISS);
		return standIn;
	}

	private Object standIn(byte[] entry) {
		WrittenValue kept = this.standIns.find(entry);
		Object value = (kept != null) ? this.entries.reader().decode(kept) : null;
		return (value != null) ? value : EntryReader.UNKNOWN;
	}

}
