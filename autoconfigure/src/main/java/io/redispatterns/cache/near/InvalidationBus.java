package io.redispatterns.cache.near;

/**
 * Tells other nodes what this one writes, and the near caches of this one what others
 * write.
 */
public interface InvalidationBus {

	/**
	 * Tells nobody anything, so that no near cache can be trusted.
	 */
	InvalidationBus NONE = new InvalidationBus() {

		@Override
		public Announcement announce(WriteKind operation, String cache, byte[] subject, long micros) {
			return Announcement.NONE;
		}

		@Override
		public Trust feed(String cache, NearCache near) {
			return (nanos) -> false;
		}

	};

	/**
	 * Make the message about a write that is sent now.
	 * @param operation what it does
	 * @param cache name of the cache
	 * @param subject the key of the entry, or the tag in UTF-8; empty for a clear
	 * @param micros the time of the server in microseconds, 0 when it is not known
	 * @return the message
	 */
	Announcement announce(WriteKind operation, String cache, byte[] subject, long micros);

	/**
	 * Tell a near cache from now on what others write.
	 * @param cache name of the cache
	 * @param near the near cache
	 * @return whether it can be trusted to have been told
	 */
	Trust feed(String cache, NearCache near);

	/**
	 * Whether this node has been told of every write that was acknowledged so long ago
	 * that it has to know.
	 */
	@FunctionalInterface
	interface Trust {

		/**
		 * Decide it for one read.
		 * @param nanos the time of the read as of {@link System#nanoTime()}
		 * @return {@code false} when a write may be unknown for longer than the bound
		 */
		boolean holds(long nanos);

	}

}
