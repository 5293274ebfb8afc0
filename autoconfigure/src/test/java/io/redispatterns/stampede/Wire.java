package io.redispatterns.stampede;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.redispatterns.test.StandaloneRedis;

/**
 * What clients send to a server, without what its scripts do.
 */
public final class Wire implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 10_000;

	private final StandaloneRedis server;

	private final Socket socket;

	private final BufferedReader lines;

	private Wire(StandaloneRedis server) throws IOException {
		this.server = server;
		this.socket = new Socket(server.host(), server.port());
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
		this.lines = new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
		this.lines.readLine();
	}

	public static Wire tap(StandaloneRedis server) {
		try {
			return new Wire(server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The commands so far that are about something.
	 * @param subject what their arguments contain
	 * @return their names, in lower case
	 */
	public List<String> commands(String subject) {
		String end = UUID.randomUUID().toString();
		this.server.command("ECHO", end);
		List<String> commands = new ArrayList<>();
		try {
			for (String line = this.lines.readLine(); !line.contains(end); line = this.lines.readLine()) {
				if (line.contains(subject) && !line.contains(" lua] ")) {
					commands.add(line.replaceFirst("^[^\"]*\"([^\"]*)\".*", "$1").toLowerCase());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return commands;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
