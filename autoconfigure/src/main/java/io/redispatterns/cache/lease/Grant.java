package io.redispatterns.cache.lease;

/**
 * The right to fill an entry, as long as its lease is good.
 *
 * @param key the key of the entry
 * @param seen the first bytes of the entry that was there, empty for none
 * @param token the token of the lease
 * @param stamp number of the generation in which the load begins
 * @param exclusive whether others wait for the end of the lease
 */
public record Grant(byte[] key, byte[] seen, byte[] token, long stamp, boolean exclusive) {

	private static final byte[] NOTHING = {};

	/**
	 * What stands for no right: no lease has an empty token.
	 * @param key the key of the entry
	 * @return a grant that is not good
	 */
	public static Grant voided(byte[] key) {
		return new Grant(key, NOTHING, NOTHING, 0, false);
	}

	/**
	 * Whether it is not good from the beginning.
	 * @return whether there is no token
	 */
	public boolean isVoid() {
		return this.token.length == 0;
	}

}
