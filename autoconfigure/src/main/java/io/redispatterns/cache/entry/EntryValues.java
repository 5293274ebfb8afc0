package io.redispatterns.cache.entry;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.redispatterns.cache.entry.Entry.Times;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.ValueTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cache.support.NullValue;

/**
 * Values of one cache on their way into entries and back. What cannot be read is a miss,
 * what cannot be stored is left out; both are counted, and logged the first time.
 */
final class EntryValues {

	private static final Logger logger = LoggerFactory.getLogger(EntryValues.class);

	private final String cache;

	private final EntryAccess.Settings settings;

	private final EntryStatistics statistics;

	private final Set<Event> logged = Collections.synchronizedSet(EnumSet.noneOf(Event.class));

	EntryValues(String cache, EntryAccess.Settings settings, EntryStatistics statistics) {
		this.cache = cache;
		this.settings = settings;
		this.statistics = statistics;
	}

	/**
	 * Read the value of an entry.
	 * @return the store value, {@code null} when it cannot be read
	 */
	@Nullable Object read(Entry entry) {
		if (entry == Entry.FOREIGN) {
			unreadable("the bytes are not an entry");
			return null;
		}
		if (entry.isNull()) {
			return this.settings.nullValues() ? NullValue.INSTANCE : null;
		}
		try {
			return this.settings.codec().decode(entry.bytes(), entry.offset(), entry.length());
		}
		catch (RuntimeException ex) {
			unreadable(ex.getMessage());
			return null;
		}
	}

	/**
	 * Read a value that was written but not stored.
	 * @return the store value, {@code null} when it cannot be read
	 */
	@Nullable Object read(WrittenValue written) {
		return read(Entry.decode(Entry.encode(written, 0, Times.UNKNOWN)));
	}

	private void unreadable(@Nullable String reason) {
		count(Event.UNREADABLE, "An entry cannot be read and is a miss", reason);
	}

	/**
	 * Write a store value as bytes.
	 * @return the bytes, tags and version, {@code null} when the value is too large
	 * @throws ValueCodecException when the value is of a type this cache does not hold
	 */
	@Nullable WrittenValue write(Object storeValue) {
		if (storeValue instanceof NullValue) {
			return WrittenValue.NULL;
		}
		try {
			return new WrittenValue(this.settings.codec().encode(storeValue), this.settings.tags().of(storeValue),
					this.settings.version().of(storeValue));
		}
		catch (ValueTooLargeException ex) {
			count(Event.OVERSIZED, "A value is too large and is not stored", ex.getMessage());
			return null;
		}
	}

	/**
	 * Write a loaded value as bytes. The caller is to have it in any case.
	 * @return the bytes, tags and version, {@code null} when it cannot be stored
	 */
	@Nullable WrittenValue writeLoaded(@Nullable Object loaded) {
		if (loaded == null && !this.settings.nullValues()) {
			return null;
		}
		try {
			return write((loaded != null) ? loaded : NullValue.INSTANCE);
		}
		catch (RuntimeException ex) {
			count(Event.UNWRITABLE, "A value is not stored", ex.getMessage());
			return null;
		}
	}

	private void count(Event event, String what, @Nullable String reason) {
		this.statistics.count(event);
		if (this.logged.add(event)) {
			logger.warn("{} (cache '{}'; further ones are only counted): {}", what, this.cache, reason);
		}
	}

}
