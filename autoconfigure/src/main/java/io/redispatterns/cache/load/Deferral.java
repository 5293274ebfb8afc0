package io.redispatterns.cache.load;

/**
 * When a load is stored: at once, or after the commit of the transaction that it is made
 * in.
 */
public interface Deferral {

	/**
	 * Every load is stored at once.
	 */
	Deferral NONE = new Deferral() {

		@Override
		public boolean isActive() {
			return false;
		}

		@Override
		public void run(Runnable fill) {
			fill.run();
		}

	};

	/**
	 * Whether a load that is made now is stored later, and not to be shared before.
	 */
	boolean isActive();

	/**
	 * Store a load when the time has come.
	 * @param fill stores it
	 */
	void run(Runnable fill);

}
