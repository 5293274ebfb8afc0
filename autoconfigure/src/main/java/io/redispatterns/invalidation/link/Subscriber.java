package io.redispatterns.invalidation.link;

/**
 * Listens to channels, once begun, until it is lost or ended.
 */
public interface Subscriber {

	/**
	 * Begin to listen, unless this has begun. Does not wait.
	 */
	void begin();

	/**
	 * Listen no more.
	 */
	void end();

	/**
	 * Is told of what comes. Must not block.
	 */
	interface Receiver {

		/**
		 * From now on messages come.
		 */
		void subscribed();

		/**
		 * A message has come.
		 * @param message the bytes
		 */
		void received(byte[] message);

		/**
		 * From now on no messages come, until this begins again.
		 */
		void lost();

	}

}
