package io.redispatterns.races;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The hold of this process on a {@link RaceProcess}.
 */
final class RaceChild implements AutoCloseable {

	private static final String GONE = "gone";

	private static final long PATIENCE_SECONDS = 60;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final RaceHistory history;

	private final Process process;

	private final Writer words;

	RaceChild(int number, long seed, RaceSettings settings, RaceHistory history) {
		this.history = history;
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xmx256m", "-cp", System.getProperty("java.class.path"), RaceProcess.class.getName(),
						String.valueOf(number), String.valueOf(seed)));
		command.addAll(List.of(settings.arguments()));
		try {
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.words = this.process.outputWriter();
		Thread reader = new Thread(this::listen, "race-child");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Wait until it is ready, and make sure that its clock is that of this process.
	 * @return whether it is still there
	 */
	boolean await() {
		if (!RaceProcess.READY.equals(answer())) {
			return false;
		}
		long before = System.nanoTime();
		say("time");
		String time = answer();
		long after = System.nanoTime();
		if (time.startsWith("time ")) {
			long there = Long.parseLong(time.substring("time ".length()));
			if (there < before || there > after) {
				throw new IllegalStateException(
						"Two clocks: %d is not between %d and %d".formatted(there, before, after));
			}
			return true;
		}
		return false;
	}

	/**
	 * Have a word obeyed.
	 * @return whether it was, {@code false} when the process ended before
	 */
	boolean tell(String word) {
		say(word);
		return RaceProcess.READY.equals(answer());
	}

	void freeze() {
		this.history.freeze();
		signal("STOP");
	}

	void thaw() {
		signal("CONT");
	}

	void kill() {
		if (this.process.isAlive()) {
			this.history.kill();
		}
		this.process.destroyForcibly();
	}

	boolean isGone() {
		return !this.process.isAlive();
	}

	/**
	 * Let it end between a commit and what the cache does then.
	 */
	void crash() {
		tell("crash");
		this.process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

	/**
	 * Wait for the end, and for all that the process has said before.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
		while (!GONE.equals(answer())) {
			Thread.onSpinWait();
		}
		if (this.process.exitValue() == RaceProcess.CRASHED) {
			this.history.crash();
		}
	}

	private void listen() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				hear(line);
			}
		}
		catch (IOException | RuntimeException ex) {
			// The last line of a process that was killed need not be whole
			this.history.error("line cut off");
		}
		this.process.onExit().join();
		this.answers.add(GONE);
	}

	private void hear(String line) {
		if (line.startsWith(RaceProcess.ERROR)) {
			this.history.error(line.substring(RaceProcess.ERROR.length()));
		}
		else if (line.equals(RaceProcess.READY) || line.startsWith("time ")) {
			this.answers.add(line);
		}
		else {
			this.history.accept(Event.parse(line));
		}
	}

	private void say(String word) {
		try {
			this.words.write(word + "\n");
			this.words.flush();
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
	}

	private String answer() {
		try {
			String answer = this.answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (answer == null) {
				throw new IllegalStateException("Process %d does not answer".formatted(this.process.pid()));
			}
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void signal(String signal) {
		try {
			new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
