package io.redispatterns.invalidation;

/**
 * Listens to channels, once begun, until it is lost or ended.
 */
interface Subscriber {

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

		void received(byte[] message);

		/**
		 * From now on no messages come, until this begins again.
		 */
		void lost();

	}

}
