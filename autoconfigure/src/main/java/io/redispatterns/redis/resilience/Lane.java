package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.resilience.Guard.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The commands that go one way: to the server, or to a sixteenth of the slots of a
 * cluster. Looks after its way by a probe, a script on the key of a command: once a
 * second while it is used, at each look while it is in doubt. An answer tells the
 * server's time too. Without one, the connection is closed, to be made again to where the
 * server is now.
 */
final class Lane {

	private static final long CALM = Duration.ofSeconds(1).toNanos();

	private static final byte[] NO_KEY = {};

	private final Guard guard;

	private final Connection connection;

	private final Breaker breaker;

	private final long probeTimeout;

	private volatile byte[] key = NO_KEY;

	private volatile boolean used;

	private volatile @Nullable Sample clock;

	private @Nullable CompletableFuture<?> probe;

	private long probedAt;

	private long waited;

	Lane(Guard guard, Connection connection, ResilienceProperties settings) {
		this.guard = guard;
		this.connection = connection;
		this.breaker = new Breaker(settings, System.nanoTime());
		this.probeTimeout = settings.probe().timeout().toNanos();
		this.probedAt = System.nanoTime() - CALM;
	}

	Breaker breaker() {
		return this.breaker;
	}

	/**
	 * Whether a command may be sent.
	 */
	boolean admits(byte[] key) {
		if (!this.used) {
			if (key.length > 0) {
				this.key = key;
			}
			this.used = true;
			this.guard.wake();
		}
		return !this.breaker.isOpen();
	}

	/**
	 * The server's time, 0 when it is not known.
	 */
	long micros() {
		Sample last = this.clock;
		return (last != null) ? last.micros() + (System.nanoTime() - last.nanos()) / 1000 : 0;
	}

	/**
	 * Send a probe where one is due, and give up on one that has had its time.
	 * @param awake for how long this process could have read an answer since the last
	 * look, in nanoseconds
	 */
	synchronized void look(boolean doubtful, long awake) {
		long now = System.nanoTime();
		if (this.probe != null && !this.probe.isDone()) {
			this.waited += awake;
			if (this.waited > this.probeTimeout) {
				this.probe = null;
				this.breaker.failed(now);
				this.guard.renew(this.key);
			}
			return;
		}
		boolean due = doubtful || now - this.probedAt >= CALM;
		if (this.breaker.isOpen() || (this.used && due)) {
			this.used = false;
			this.probedAt = now;
			this.waited = 0;
			CompletableFuture<Long> sent = this.connection.probe(this.key);
			this.probe = sent;
			sent.whenComplete((micros, ex) -> probed(now, micros, ex));
		}
	}

	private void probed(long sent, @Nullable Long micros, @Nullable Throwable ex) {
		long now = System.nanoTime();
		if (micros != null) {
			// The answer of a server that hung meanwhile says little of when it looked
			if (now - sent < this.probeTimeout) {
				this.clock = new Sample(micros, sent + (now - sent) / 2);
			}
			this.guard.outages().answered();
			if (this.guard.isAwake(now)) {
				this.breaker.probed(now - sent, now);
			}
			return;
		}
		if (ex != null && this.guard.doubts(ex)) {
			this.breaker.trip(now);
		}
	}

	private record Sample(long micros, long nanos) {

	}

}
