package io.redispatterns.cache.near;

/**
 * A message about a write, sent by the script that makes the write.
 */
public interface Announcement {

	/**
	 * No message.
	 */
	Announcement NONE = new Announcement() {

		private static final byte[] NOTHING = {};

		@Override
		public byte[] channel() {
			return NOTHING;
		}

		@Override
		public byte[] message() {
			return NOTHING;
		}

		@Override
		public void settle(boolean sent) {
		}

	};

	/**
	 * The channel.
	 * @return its name, empty to send nothing
	 */
	byte[] channel();

	/**
	 * The message.
	 * @return the bytes
	 */
	byte[] message();

	/**
	 * Take note of what became of the write.
	 * @param sent whether the script has run; {@code false} when nobody knows
	 */
	void settle(boolean sent);

}
