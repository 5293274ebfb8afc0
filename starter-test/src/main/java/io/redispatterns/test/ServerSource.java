package io.redispatterns.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A place from which {@code redis-server} comes.
 */
interface ServerSource {

	/**
	 * Opens a shell that can run a server; no server runs yet.
	 * @param arguments the command line of the server without the program
	 * @return the shell
	 * @throws IOException if the shell cannot be opened
	 */
	Supervisor supervise(List<String> arguments) throws IOException;

	/**
	 * The script that {@code sh -c} runs to supervise a server.
	 * @return the text of the script
	 */
	static String script() {
		try (InputStream script = ServerSource.class.getResourceAsStream("supervise.sh")) {
			if (script == null) {
				throw new IllegalStateException("'supervise.sh' is missing beside " + ServerSource.class.getName());
			}
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
