package io.redispatterns.cache.lease;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Calls within which the reads of the thread take what is there for a miss, so that it is
 * loaded again under a lease, as any miss is, while others are served what is there. A
 * load that fails leaves that alone.
 */
public final class Renewal {

	private static final ThreadLocal<Boolean> WITHIN = new ThreadLocal<>();

	/**
	 * Spares reads the look at their thread while there is none.
	 */
	private static final AtomicInteger running = new AtomicInteger();

	private Renewal() {
	}

	/**
	 * Whether the reads of this thread are to miss.
	 * @return {@code true} within a renewal
	 */
	public static boolean isGoingOn() {
		return running.get() > 0 && WITHIN.get() != null;
	}

	/**
	 * Call something that reads.
	 * @param <T> what it returns
	 * @param reads what to call
	 * @return what it returned
	 * @throws Exception what it has thrown
	 */
	public static <T extends @Nullable Object> T of(Callable<T> reads) throws Exception {
		running.incrementAndGet();
		WITHIN.set(Boolean.TRUE);
		try {
			return reads.call();
		}
		finally {
			WITHIN.remove();
			running.decrementAndGet();
		}
	}

}
