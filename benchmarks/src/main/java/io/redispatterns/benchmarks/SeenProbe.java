package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * {@link Work#SEEN} of one contestant in a JVM of its own, which is two nodes: how long
 * after the begin of a write of one the other reads what was written. The one that reads
 * keeps the old value, and reads without a pause.
 */
public final class SeenProbe {

	private static final String KEY = "seen";

	/**
	 * So many that both compilers are through with the way of a write.
	 */
	private static final int WARMUPS = 10_000;

	private static final int WRITES = 2_000;

	private static final long PAUSE = Duration.ofMillis(1).toNanos();

	private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

	private SeenProbe() {
	}

	public static void main(String[] args) throws Exception {
		Contestant contestant = Contestant.valueOf(args[1]);
		int port = Integer.parseInt(args[2]);
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try (TrackCache writer = contestant.open(port); TrackCache reader = contestant.open(port)) {
			List<Long> nanos = new ArrayList<>();
			for (int write = 1; write <= WARMUPS + WRITES; write++) {
				long taken = seen(thread, writer, reader, write);
				if (write > WARMUPS) {
					nanos.add(taken);
				}
			}
			nanos.sort(null);
			Properties findings = new Properties();
			findings.setProperty("p50", Double.toString(nanos.get(WRITES / 2) / 1e3));
			findings.setProperty("p99", Double.toString(nanos.get(WRITES * 99 / 100) / 1e3));
			ChildJvm.report(args[0], findings);
		}
		finally {
			thread.shutdownNow();
		}
	}

	private static long seen(ExecutorService thread, TrackCache writer, TrackCache reader, int write) throws Exception {
		Track track = Track.of(write);
		LockSupport.parkNanos(PAUSE);
		long begun = System.nanoTime();
		Future<?> written = thread.submit(() -> writer.put(KEY, track));
		while (!(reader.get(KEY) instanceof Track found) || found.id() != write) {
			if (System.nanoTime() - begun > PATIENCE) {
				throw new IllegalStateException("A write is not seen");
			}
			Thread.onSpinWait();
		}
		long seen = System.nanoTime();
		written.get();
		return seen - begun;
	}

}
