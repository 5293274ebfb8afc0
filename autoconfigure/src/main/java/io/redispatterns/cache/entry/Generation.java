package io.redispatterns.cache.entry;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * State of a cache that {@code clear()} and tags count on: an entry is stamped with the
 * number in force when its load began, and is void when the stamp is below the floor, or
 * below the number of one of its tags. While a transaction is about to void the cache,
 * nothing is stored of which the load has begun since.
 *
 * @param number the last number given out, greater than any before
 * @param floor the number of the last clear
 * @param fenced whether there are fences
 */
public record Generation(long number, long floor, boolean fenced) {

	/**
	 * The first number that Lua cannot count on.
	 */
	private static final long MAX = 1L << 53;

	/**
	 * Nothing is known yet.
	 */
	static final Generation UNKNOWN = new Generation(0, 0, false);

	/**
	 * Read the stored form.
	 * @param bytes {@code <number>:<floor>} and {@code ;<transaction>=<end>} for each
	 * fence, or {@code null}
	 * @return the generation, {@link #UNKNOWN} for anything that is not one
	 */
	static Generation parse(byte @Nullable [] bytes) {
		if (bytes == null) {
			return UNKNOWN;
		}
		String text = new String(bytes, StandardCharsets.US_ASCII);
		int colon = text.indexOf(':');
		int fences = text.indexOf(';');
		try {
			Generation parsed = new Generation(Long.parseLong(text, 0, colon, 10),
					Long.parseLong(text, colon + 1, (fences >= 0) ? fences : text.length(), 10), fences >= 0);
			return parsed.isPlausible() ? parsed : UNKNOWN;
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
			Generation parsed = new Generation(number, number, false);
			return parsed.isPlausible() ? parsed : UNKNOWN;
		}
		catch (NumberFormatException ex) {
			return UNKNOWN;
		}
	}

	Generation highest(Generation other) {
		if (this.number >= other.number && this.floor >= other.floor) {
			return this;
		}
		return new Generation(Math.max(this.number, other.number), Math.max(this.floor, other.floor),
				((this.number > other.number) ? this : other).fenced);
	}

	/**
	 * Whether an entry with the stamp is still good.
	 */
	boolean admits(long stamp) {
		return isKnown() && stamp >= this.floor;
	}

	/**
	 * Whether a script can have written it.
	 */
	private boolean isPlausible() {
		return this.number < MAX && this.floor >= 0 && this.floor <= this.number;
	}

	boolean isKnown() {
		return this.number > 0;
	}

	/**
	 * The stamp of what is loaded, or right, now.
	 * @return the number, {@link Generations#FENCED} when nothing may be stored
	 */
	long stamp() {
		return this.fenced ? Generations.FENCED : this.number;
	}

}
