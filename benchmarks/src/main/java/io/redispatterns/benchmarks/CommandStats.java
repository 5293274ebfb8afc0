package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the server has run each command, as {@code INFO commandstats} tells; what a
 * script calls counts too, reading this does not.
 *
 * @param calls the calls since the server started, by command
 */
record CommandStats(Map<String, Long> calls) {

	private static final Pattern LINE = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

	static CommandStats read(int port) throws IOException {
		Map<String, Long> calls = new TreeMap<>();
		try (RedisSocket socket = new RedisSocket(port)) {
			Matcher lines = LINE.matcher(socket.send("INFO commandstats"));
			while (lines.find()) {
				calls.put(lines.group(1), Long.valueOf(lines.group(2)));
			}
		}
		calls.remove("info");
		return new CommandStats(calls);
	}

	/**
	 * Return what ran between two readings.
	 * @param earlier the reading before
	 * @return the calls since then, without the commands that were not called
	 */
	CommandStats since(CommandStats earlier) {
		Map<String, Long> delta = new TreeMap<>();
		this.calls.forEach((command, count) -> delta.put(command, count - earlier.calls.getOrDefault(command, 0L)));
		delta.values().removeIf((count) -> count == 0);
		return new CommandStats(delta);
	}

}
