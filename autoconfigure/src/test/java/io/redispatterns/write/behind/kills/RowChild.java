package io.redispatterns.write.behind.kills;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The hold of this process on a {@link RowProcess}, and what that has said.
 */
final class RowChild {

	private final Process process;

	private final RowModel model;

	private final CountDownLatch writing = new CountDownLatch(1);

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CountDownLatch read = new CountDownLatch(1);

	RowChild(String node, long first, long seed, List<String> properties, RowModel model) throws IOException {
		this.model = model;
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xmx256m", "-cp", System.getProperty("java.class.path"), RowProcess.class.getName(), node,
						String.valueOf(first), String.valueOf(seed)));
		command.addAll(properties);
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		Thread reader = new Thread(this::listen, "row-child");
		reader.setDaemon(true);
		reader.start();
	}

	void awaitWrites() {
		await(this.writing);
	}

	/**
	 * By its handle: the process itself would close the stream of what it has said.
	 */
	void kill() {
		this.process.toHandle().destroyForcibly();
		await(this.read);
	}

	/**
	 * Ask it to end, as a platform does.
	 */
	void terminate() {
		this.process.toHandle().destroy();
		await(this.read);
	}

	void stopWriting() throws IOException {
		this.process.outputWriter().append("stop\n").flush();
		await(this.stopped);
	}

	private void listen() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				hear(line.split(" "));
			}
		}
		catch (IOException | RuntimeException ex) {
			// The last line of a process that was killed need not be whole
			this.model.error("line cut off");
		}
		finally {
			this.read.countDown();
			this.stopped.countDown();
			this.writing.countDown();
		}
	}

	private void hear(String[] words) {
		switch (words[0]) {
			case "try" -> this.model.tried(words[1], words[2]);
			case "ack" -> {
				this.model.acknowledged(words[1]);
				this.writing.countDown();
			}
			case "error" -> this.model.error(String.join(" ", words));
			default -> this.stopped.countDown();
		}
	}

	private void await(CountDownLatch latch) {
		try {
			if (!latch.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Process %d does not answer".formatted(this.process.pid()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
