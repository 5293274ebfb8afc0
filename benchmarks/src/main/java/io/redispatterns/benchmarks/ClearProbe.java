package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * {@link Work#CLEAR} of one contestant in a JVM of its own: how long the caller waits,
 * and how long another client waits meanwhile.
 */
public final class ClearProbe {

	/** How long another client is watched after the caller has its answer. */
	private static final long REST_MILLIS = 1000;

	/** So few that no other client waits long for the server. */
	private static final int OTHERS_AT_ONCE = 1000;

	private static final String OTHERS = "EVAL \"for i = ARGV[1], ARGV[2] do "
			+ "redis.call('SET', 'other:' .. i, ARGV[3]) end\" 0 %d %d %s";

	private final TrackCache cache;

	private final int port;

	private ClearProbe(TrackCache cache, int port) {
		this.cache = cache;
		this.port = port;
	}

	public static void main(String[] args) throws IOException {
		Contestant contestant = Contestant.valueOf(args[1]);
		int port = Integer.parseInt(args[2]);
		try (TrackCache cache = contestant.open(port); ReadingClient reader = new ReadingClient(port)) {
			ClearProbe probe = new ClearProbe(cache, port);
			probe.warmUp();
			probe.fill(Integer.parseInt(args[3]));
			ChildJvm.report(args[0], probe.measure(reader));
		}
	}

	private void warmUp() {
		for (int round = 0; round < 20; round++) {
			this.cache.put(Tracks.key(round), Track.of(round));
			this.cache.clear();
		}
	}

	private void fill(int entries) throws IOException {
		try (RedisSocket socket = new RedisSocket(this.port)) {
			for (int first = 1; first <= 3 * entries; first += OTHERS_AT_ONCE) {
				socket.send(OTHERS.formatted(first, first + OTHERS_AT_ONCE - 1, "x".repeat(440)));
			}
			IntStream.range(0, entries).parallel().forEach((id) -> this.cache.put(Tracks.key(id), Track.of(id)));
			awaitQuiet(socket);
		}
		for (int id = 0; id < entries; id += 100) {
			Objects.requireNonNull(this.cache.get(Tracks.key(id)), "an entry that was put is not there");
		}
	}

	private static void awaitQuiet(RedisSocket socket) throws IOException {
		// A write may be on its way when its caller already has the answer
		String before = "";
		for (String size = socket.send("DBSIZE"); !size.equals(before); size = socket.send("DBSIZE")) {
			before = size;
			pause(500);
		}
	}

	private Properties measure(ReadingClient reader) throws IOException {
		reader.longestWhile(() -> pause(REST_MILLIS), 0);
		double quiet = reader.longestWhile(() -> pause(REST_MILLIS), 0);
		AtomicLong caller = new AtomicLong();
		double stall = reader.longestWhile(() -> caller.set(timeOfClear()), REST_MILLIS);
		Properties findings = new Properties();
		findings.setProperty("quiet", Double.toString(quiet));
		findings.setProperty("stall", Double.toString(stall));
		findings.setProperty("caller", Double.toString(caller.get() / 1e6));
		return findings;
	}

	private long timeOfClear() {
		long start = System.nanoTime();
		this.cache.clear();
		return System.nanoTime() - start;
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
