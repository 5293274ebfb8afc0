package io.redispatterns.ratelimit.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Stands before a server that does not answer in time, so that only the first request
 * waits for it. While it is shut, the next request, and then one in a tenth of a second,
 * sends a look, for which nobody waits; one that is answered in time opens it. A reply
 * may be late because this process was short of processors, so the first look is not put
 * off, and none is sent while another is under way.
 */
public final class Gate {

	private static final long INTERVAL = 100_000_000L;

	private final long timeout;

	private final LongSupplier nanoTime;

	private final AtomicLong lookedAt = new AtomicLong();

	private volatile CompletableFuture<?> looking = CompletableFuture.completedFuture(null);

	private volatile boolean shut;

	/**
	 * Create an open gate.
	 * @param timeout the time in which the server has to answer, in nanoseconds
	 * @param nanoTime a clock that never goes back
	 */
	public Gate(long timeout, LongSupplier nanoTime) {
		this.timeout = timeout;
		this.nanoTime = nanoTime;
	}

	/**
	 * Whether to ask the server.
	 * @param look looks whether it answers
	 * @param tell tells the server what was decided without it, before the gate opens
	 * @return whether the gate is open
	 */
	public boolean isOpen(Supplier<CompletableFuture<?>> look, Supplier<CompletableFuture<?>> tell) {
		if (!this.shut) {
			return true;
		}
		long now = this.nanoTime.getAsLong();
		long last = this.lookedAt.get();
		if (now - last >= INTERVAL && this.looking.isDone() && this.lookedAt.compareAndSet(last, now)) {
			this.looking = look.get().thenCompose((reply) -> answered(now, tell));
		}
		return false;
	}

	private CompletableFuture<?> answered(long asked, Supplier<CompletableFuture<?>> tell) {
		if (this.nanoTime.getAsLong() - asked > this.timeout) {
			return CompletableFuture.completedFuture(null);
		}
		return tell.get().whenComplete((told, lost) -> this.shut = false);
	}

	/**
	 * Whether this gate is shut.
	 * @return whether nobody asks the server
	 */
	public boolean isShut() {
		return this.shut;
	}

	/**
	 * Take note of a server that does not answer.
	 */
	public void shut() {
		if (!this.shut) {
			this.lookedAt.set(this.nanoTime.getAsLong() - INTERVAL);
			this.shut = true;
		}
	}

}
