package io.redispatterns.test.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A supervisor that is a child process of this JVM and works in a directory of its own.
 */
final class ShellSupervisor implements Supervisor {

	private final Process shell;

	private final Writer words;

	private final BufferedReader answers;

	private final Path log;

	ShellSupervisor(Path directory, Path program, List<String> arguments) throws IOException {
		this.log = directory.resolve("server.log");
		List<String> command = command(directory.toString(), program.toString(), arguments);
		this.shell = new ProcessBuilder(command).redirectError(this.log.toFile()).start();
		this.words = this.shell.outputWriter();
		this.answers = this.shell.inputReader();
	}

	static List<String> command(String directory, String program, List<String> arguments) throws IOException {
		try (InputStream script = ShellSupervisor.class.getResourceAsStream("supervise.sh")) {
			String text = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
			List<String> command = new ArrayList<>(List.of("sh", "-c", text, "supervise", directory, program));
			command.addAll(arguments);
			return command;
		}
	}

	@Override
	public String tell(String word) throws IOException {
		this.words.write(word + "\n");
		this.words.flush();
		String answer = this.answers.readLine();
		if (answer == null) {
			throw new IOException("The shell that supervises redis-server is gone: " + log());
		}
		return answer;
	}

	@Override
	public String log() {
		try {
			return Files.readString(this.log);
		}
		catch (NoSuchFileException ex) {
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.words.close();
			this.shell.waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
