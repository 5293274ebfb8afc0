package io.redispatterns.sample.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.redispatterns.sample.data.DatabaseTrips;

import org.springframework.cache.CacheManager;
import org.springframework.stereotype.Component;

/**
 * A cache stampede: an album is taken out of the cache, and asked for by many threads at
 * the same moment. One at a time on this node.
 */
@Component
public final class Stampede {

	static final int CALLERS = 100;

	private static final int ALBUM = 141;

	private static final int PATIENCE = 20;

	private final Catalogue catalogue;

	private final CacheManager cacheManager;

	private final Semaphore running = new Semaphore(1);

	Stampede(Catalogue catalogue, CacheManager cacheManager) {
		this.catalogue = catalogue;
		this.cacheManager = cacheManager;
	}

	/**
	 * Runs a stampede on behalf of the current request, and waits for its end.
	 * @return what it came to
	 * @throws StampedeRunningException when another one runs
	 */
	public Outcome run() throws InterruptedException, ExecutionException {
		if (!this.running.tryAcquire()) {
			throw new StampedeRunningException();
		}
		ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
		try {
			int before = DatabaseTrips.ofCurrentRequest();
			List<Long> nanos = askAtOnce(threads);
			return Outcome.of(DatabaseTrips.ofCurrentRequest() - before, nanos);
		}
		finally {
			threads.shutdownNow();
			this.running.release();
		}
	}

	private List<Long> askAtOnce(ExecutorService threads) throws InterruptedException, ExecutionException {
		CyclicBarrier start = new CyclicBarrier(CALLERS, this::evict);
		Callable<Long> caller = DatabaseTrips.counted(() -> {
			start.await(PATIENCE, TimeUnit.SECONDS);
			long begun = System.nanoTime();
			this.catalogue.album(ALBUM);
			return System.nanoTime() - begun;
		});
		List<Long> nanos = new ArrayList<>();
		for (Future<Long> asked : threads.invokeAll(Collections.nCopies(CALLERS, caller), PATIENCE, TimeUnit.SECONDS)) {
			nanos.add(asked.get());
		}
		return nanos;
	}

	private void evict() {
		Objects.requireNonNull(this.cacheManager.getCache("albums")).evict(ALBUM);
	}

	/**
	 * What a stampede came to.
	 *
	 * @param callers how many asked
	 * @param loads how many questions to the database it took to answer them
	 * @param p50Millis how long half of the callers waited at most
	 * @param p99Millis how long all but one in a hundred waited at most
	 */
	public record Outcome(int callers, int loads, double p50Millis, double p99Millis) {

		static Outcome of(int loads, List<Long> nanos) {
			List<Long> sorted = nanos.stream().sorted().toList();
			return new Outcome(sorted.size(), loads, millis(sorted, 50), millis(sorted, 99));
		}

		private static double millis(List<Long> sorted, int percent) {
			return sorted.get((sorted.size() * percent + 99) / 100 - 1) / 1_000_000.0;
		}

	}

}
