package io.redispatterns.benchmarks.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Properties;

import io.redispatterns.benchmarks.ChildJvm;
import io.redispatterns.benchmarks.RedisSocket;

/**
 * Each kind of request of one contestant, in a JVM of its own: what it sends, how many
 * bytes that and the replies are, and how long it takes on one thread.
 */
public final class SessionProbe {

	static final String BASKET = "Track 1, Track 2, Track 3, ".repeat(16);

	private static final int COUNTED = 100;

	private final SessionRequests requests;

	private final int port;

	private final Deque<String> ids = new ArrayDeque<>();

	private int users;

	private SessionProbe(SessionRequests requests, int port) {
		this.requests = requests;
		this.port = port;
	}

	/**
	 * The probe.
	 * @param args a file to report to, the contestant, the port, the number of requests
	 * @throws IOException if the server cannot be reached
	 */
	public static void main(String[] args) throws IOException {
		int port = Integer.parseInt(args[2]);
		try (SessionRequests requests = SessionContestant.valueOf(args[1]).open(port)) {
			ChildJvm.report(args[0], new SessionProbe(requests, port).measure(Integer.parseInt(args[3])));
		}
	}

	private Properties measure(int times) throws IOException {
		Properties findings = new Properties();
		String id = this.requests.begin();
		measure("read", () -> this.requests.read(id), times, findings);
		measure("change", () -> this.requests.change(id), times, findings);
		for (int i = 0; i < 2 * times + COUNTED; i++) {
			this.ids.add(this.requests.begin());
		}
		measure("login", this::login, times, findings);
		measure("logout", () -> this.requests.logout(this.ids.remove()), times, findings);
		return findings;
	}

	private void login() {
		this.ids.add(this.requests.login(this.ids.remove(), "user" + this.users++));
	}

	private void measure(String name, Runnable request, int times, Properties findings) throws IOException {
		for (int i = 0; i < times; i++) {
			request.run();
		}
		long[] nanos = new long[times - COUNTED];
		for (int i = 0; i < nanos.length; i++) {
			long start = System.nanoTime();
			request.run();
			nanos[i] = System.nanoTime() - start;
		}
		Arrays.sort(nanos);
		findings.setProperty(name + ".micros", String.valueOf(nanos[nanos.length / 2] / 1000.0));
		long bytes = bytes();
		for (int i = 0; i < COUNTED; i++) {
			request.run();
		}
		findings.setProperty(name + ".bytes", String.valueOf((bytes() - bytes) / (double) COUNTED));
		try (RedisSocket monitor = new RedisSocket(this.port)) {
			monitor.send("MONITOR");
			for (int i = 0; i < COUNTED; i++) {
				request.run();
			}
			findings.setProperty(name + ".commands", String.valueOf(commands(monitor) / (double) COUNTED));
		}
	}

	private int commands(RedisSocket monitor) throws IOException {
		try (RedisSocket end = new RedisSocket(this.port)) {
			end.send("ECHO that-is-all");
		}
		int commands = 0;
		for (String line = monitor.next(); !line.contains("that-is-all"); line = monitor.next()) {
			commands += line.contains(" lua] ") ? 0 : 1;
		}
		return commands;
	}

	private long bytes() throws IOException {
		try (RedisSocket socket = new RedisSocket(this.port)) {
			return socket.send("INFO stats")
				.lines()
				.filter((line) -> line.matches("total_net_(in|out)put_bytes:.*"))
				.mapToLong((line) -> Long.parseLong(line.split(":")[1].strip()))
				.sum();
		}
	}

}
