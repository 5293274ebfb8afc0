package io.redispatterns.cache.lease;

/**
 * What became of the wish to load an entry.
 *
 * @param state what became of it
 * @param token the token that a fill must show; empty unless granted
 * @param remaining how long the lease of another lasts at most, in milliseconds; 0 unless
 * busy
 */
public record Lease(State state, byte[] token, long remaining) {

	/**
	 * What can become of the wish to load.
	 */
	public enum State {

		/**
		 * The caller may load and fill.
		 */
		GRANTED,

		/**
		 * Another has filled meanwhile.
		 */
		FOUND,

		/**
		 * Another loads, and nobody else is to.
		 */
		BUSY,

		/**
		 * A transaction that writes the entry is about to commit: whoever loads must not
		 * fill.
		 */
		FENCED

	}

}
