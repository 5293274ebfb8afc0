package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * {@link Work#HERD} of one contestant in a JVM of its own: how often a cold key is
 * loaded, and how long callers wait.
 */
public final class HerdProbe {

	private static final int CALLERS_PER_NODE = 100;

	private static final long LOAD_NANOS = 20_000_000;

	private static final int WARMUPS = 20;

	private static final int HERDS = 50;

	private final List<TrackCache> nodes = new ArrayList<>();

	private final AtomicInteger loads = new AtomicInteger();

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private HerdProbe() {
	}

	public static void main(String[] args) throws Exception {
		HerdProbe probe = new HerdProbe();
		int port = Integer.parseInt(args[2]);
		for (int node = 0; node < Integer.parseInt(args[3]); node++) {
			probe.nodes.add(Contestant.valueOf(args[1]).open(port));
		}
		try {
			ChildJvm.report(args[0], probe.measure(port));
		}
		finally {
			probe.callers.shutdownNow();
			probe.nodes.forEach(TrackCache::close);
		}
	}

	private Properties measure(int port) throws IOException, InterruptedException, ExecutionException {
		for (int herd = 0; herd < WARMUPS; herd++) {
			herd("warm-" + herd);
		}
		this.loads.set(0);
		CommandStats before = CommandStats.read(port);
		List<Long> nanos = new ArrayList<>();
		for (int herd = 0; herd < HERDS; herd++) {
			nanos.addAll(herd("cold-" + herd));
		}
		long commands = CommandStats.read(port)
			.since(before)
			.calls()
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.sum();
		nanos.sort(null);
		Properties findings = new Properties();
		findings.setProperty("loads", Double.toString((double) this.loads.get() / HERDS));
		findings.setProperty("p50", Double.toString(nanos.get(nanos.size() / 2) / 1e6));
		findings.setProperty("p99", Double.toString(nanos.get(nanos.size() * 99 / 100) / 1e6));
		findings.setProperty("commands", Double.toString((double) commands / HERDS));
		return findings;
	}

	private List<Long> herd(String key) throws InterruptedException, ExecutionException {
		int size = this.nodes.size() * CALLERS_PER_NODE;
		CountDownLatch ready = new CountDownLatch(size);
		CountDownLatch go = new CountDownLatch(1);
		List<Future<Long>> calls = new ArrayList<>();
		for (int caller = 0; caller < size; caller++) {
			TrackCache cache = this.nodes.get(caller % this.nodes.size());
			Callable<Long> call = () -> {
				ready.countDown();
				go.await();
				long begun = System.nanoTime();
				Objects.requireNonNull(cache.get(key, this::load));
				return System.nanoTime() - begun;
			};
			calls.add(this.callers.submit(call));
		}
		ready.await();
		go.countDown();
		List<Long> nanos = new ArrayList<>();
		for (Future<Long> call : calls) {
			nanos.add(call.get());
		}
		return nanos;
	}

	private Track load() {
		int id = this.loads.incrementAndGet();
		long end = System.nanoTime() + LOAD_NANOS;
		for (long left = LOAD_NANOS; left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		return Track.of(id);
	}

}
