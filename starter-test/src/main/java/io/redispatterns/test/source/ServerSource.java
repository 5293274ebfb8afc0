package io.redispatterns.test.source;

import java.io.IOException;
import java.util.List;

/**
 * A place from which {@code redis-server} comes.
 */
public interface ServerSource {

	/**
	 * Opens a shell that can run a server; no server runs yet.
	 * @param arguments the command line of the server without the program
	 * @return the shell
	 * @throws IOException if the shell cannot be opened
	 */
	Supervisor supervise(List<String> arguments) throws IOException;

	/**
	 * The source for this JVM, chosen at the first call.
	 * @return the source
	 * @throws IllegalStateException if there is none
	 */
	static ServerSource current() {
		return ServerSources.current();
	}

}
