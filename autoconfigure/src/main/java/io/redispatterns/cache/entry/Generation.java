package io.redispatterns.cache.entry;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * State of a cache that {@code clear()} and tags count on: an entry is stamped with the
 * number in force when its load began, and is void when the stamp is below the floor, or
 * below the number of one of its tags.
 *
 * @param number the last number given out, greater than any before
 * @param floor the number of the last clear
 */
record Generation(long number, long floor) {

	/**
	 * Nothing is known yet.
	 */
	static final Generation UNKNOWN = new Generation(0, 0);

	/**
	 * Read the stored form.
	 * @param bytes {@code <number>:<floor>}, or {@code null}
	 * @return the generation, {@link #UNKNOWN} for anything that is not one
	 */
	static Generation parse(byte @Nullable [] bytes) {
		if (bytes == null) {
			return UNKNOWN;
		}
		String text = new String(bytes, StandardCharsets.US_ASCII);
		int colon = text.indexOf(':');
		try {
			return new Generation(Long.parseLong(text, 0, colon, 10),
					Long.parseLong(text, colon + 1, text.length(), 10));
		}
		catch (IndexOutOfBoundsException | NumberFormatException ex) {
			return UNKNOWN;
		}
	}

	/**
	 * Read the stored number of a tag.
	 * @param bytes the number, or {@code null}
	 * @return its generation; a lost one admits nothing
	 */
	static Generation parseTag(byte @Nullable [] bytes) {
		if (bytes == null) {
			return UNKNOWN;
		}
		try {
			long number = Long.parseLong(new String(bytes, StandardCharsets.US_ASCII));
			return new Generation(number, number);
		}
		catch (NumberFormatException ex) {
			return UNKNOWN;
		}
	}

	Generation highest(Generation other) {
		if (this.number >= other.number && this.floor >= other.floor) {
			return this;
		}
		return new Generation(Math.max(this.number, other.number), Math.max(this.floor, other.floor));
	}

	/**
	 * Whether an entry with the stamp is still good.
	 */
	boolean admits(long stamp) {
		return isKnown() && stamp >= this.floor;
	}

	boolean isKnown() {
		return this.number > 0;
	}

}
