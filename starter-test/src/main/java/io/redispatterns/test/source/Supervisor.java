package io.redispatterns.test.source;

import java.io.IOException;

/**
 * A shell that runs one {@code redis-server}, obeys words, and ends with this JVM.
 * <p>
 * The server dies when the pipe to the shell closes, be it by {@link #close()} or because
 * the JVM was killed, and also when the server is frozen.
 */
public interface Supervisor extends AutoCloseable {

	/**
	 * Sends a word and returns when it was obeyed.
	 * @param word one of {@code start}, {@code kill}, {@code freeze} and {@code thaw}
	 * @return the process id of the server as the server itself knows it, empty when none
	 * runs
	 * @throws IOException if the shell is gone
	 */
	String tell(String word) throws IOException;

	/**
	 * What the servers of this shell have written so far.
	 * @return the log, possibly without its beginning
	 */
	String log();

	/**
	 * Kills the server if it runs and removes its files.
	 */
	@Override
	void close();

}
