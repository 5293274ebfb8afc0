package io.redispatterns.test;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a {@code redis-server} that serves a test: loopback only, no
 * snapshots, replicas fed at once. What a test adds comes last and so prevails.
 */
final class CommandLine {

	private static final String PASSWORD = "--requirepass";

	private CommandLine() {
	}

	static List<String> of(int port, List<String> additions) {
		List<String> arguments = new ArrayList<>(List.of("redis.conf", "--bind", RedisProcess.HOST, "--port",
				String.valueOf(port), "--save", "", "--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
		if (!password(additions).isEmpty()) {
			arguments.addAll(List.of("--masterauth", password(additions)));
		}
		arguments.addAll(additions);
		return arguments;
	}

	static String password(List<String> additions) {
		int index = additions.lastIndexOf(PASSWORD);
		return (index >= 0) ? additions.get(index + 1) : "";
	}

}
