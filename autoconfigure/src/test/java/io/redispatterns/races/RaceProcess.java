package io.redispatterns.races;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A node in a process of its own. Reads words and writes what it sees, a line for each
 * event. Ends when nobody talks to it any more.
 */
final class RaceProcess {

	static final int CRASHED = 3;

	static final String READY = "ready";

	static final String ERROR = "error ";

	/** Events shall not be lost with a process, nor mixed with what others print. */
	private final PrintStream output;

	private final RaceNode node;

	private final RaceSettings settings;

	private final long seed;

	private @Nullable RaceLoad load;

	private RaceProcess(PrintStream output, int number, long seed, RaceSettings settings) {
		this.output = output;
		this.seed = seed;
		this.settings = settings;
		this.node = new RaceNode(number, settings, seed, (event) -> print(event.line()));
	}

	public static void main(String[] args) throws IOException {
		PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), false);
		System.setOut(System.err);
		List<String> arguments = List.of(args);
		RaceProcess process = new RaceProcess(output, Integer.parseInt(args[0]), Long.parseLong(args[1]),
				RaceSettings.parse(arguments.subList(2, arguments.size())));
		BufferedReader words = new BufferedReader(new InputStreamReader(System.in));
		process.print(READY);
		for (String word = words.readLine(); word != null; word = words.readLine()) {
			process.obey(word);
		}
		Runtime.getRuntime().halt(0);
	}

	private void obey(String word) {
		switch (word) {
			case "start" -> {
				Consumer<String> errors = (cause) -> print(ERROR + cause);
				this.load = new RaceLoad(this.node, this.settings, (event) -> print(event.line()), errors, true)
					.start(this.seed);
			}
			case "crash" -> {
				if (this.load != null) {
					this.load.crash();
				}
			}
			case "stop" -> {
				if (this.load != null) {
					this.load.close();
				}
			}
			case "look" -> this.node.look();
			default -> {
				print("time " + System.nanoTime());
				return;
			}
		}
		print(READY);
	}

	private synchronized void print(String line) {
		byte[] bytes = (line + "\n").getBytes();
		this.output.write(bytes, 0, bytes.length);
		this.output.flush();
	}

}
