package io.redispatterns.benchmarks.session;

/**
 * What requests do with sessions.
 */
interface SessionRequests extends AutoCloseable {

	/**
	 * Begin a session with an attribute.
	 * @return its identifier
	 */
	String begin();

	/**
	 * Read the attribute and change nothing.
	 */
	void read(String id);

	/**
	 * Read the attribute and replace it.
	 */
	void change(String id);

	/**
	 * Log a user in.
	 * @return the new identifier
	 */
	String login(String id, String user);

	/**
	 * End a session.
	 */
	void logout(String id);

	@Override
	void close();

}
