package io.redispatterns.cache.near;

import org.jspecify.annotations.Nullable;

/**
 * What a write does to a cache.
 */
public enum WriteKind {

	/** An entry is stored, or its value refused for a newer one. */
	PUT('p'),

	/** An entry is removed. */
	EVICT('e'),

	/** All entries are void. */
	CLEAR('c'),

	/** The entries with a tag are void. */
	TAG('t'),

	/** An entry is removed, as a transaction that writes it is about to commit. */
	FENCE('f'),

	/** A transaction that has written an entry has ended. */
	RELEASE('r'),

	/** A value that was loaded takes the place of another. */
	FILL('l');

	private final char letter;

	WriteKind(char letter) {
		this.letter = letter;
	}

	/**
	 * What stands for it in a message.
	 * @return an ASCII letter
	 */
	public byte letter() {
		return (byte) this.letter;
	}

	/**
	 * Find an operation.
	 * @param letter what stands for it in a message
	 * @return the operation, {@code null} when there is no such one
	 */
	public static @Nullable WriteKind of(byte letter) {
		for (WriteKind operation : values()) {
			if (operation.letter == letter) {
				return operation;
			}
		}
		return null;
	}

}
