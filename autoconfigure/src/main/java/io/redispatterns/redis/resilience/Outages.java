package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.redispatterns.redis.Availability;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outages of the server. Logs the begin and the end of each, once: it ends with the
 * first answer after a second without a failure, so that an unsteady server, or one node
 * of many, is one outage; only that somebody has to remove its reason is told once more.
 * A server that only stores nothing, or only refuses a command, is not away.
 */
final class Outages implements Availability {

	private static final Logger logger = LoggerFactory.getLogger(Outages.class);

	private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final AtomicReference<@Nullable Begin> begin = new AtomicReference<>();

	private final LongAdder refused = new LongAdder();

	private final LongAdder unanswered = new LongAdder();

	private volatile long lastFailure;

	private volatile boolean known;

	Outages(InstantSource clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	@Override
	public @Nullable Outage outage() {
		Begin current = this.begin.get();
		return (current != null) ? current.outage() : null;
	}

	@Override
	public @Nullable Duration length() {
		Begin current = this.begin.get();
		return (current != null) ? Duration.ofNanos(this.nanoTime.getAsLong() - current.nanos()) : null;
	}

	/**
	 * Commands since the start that were not sent.
	 */
	long refused() {
		return this.refused.sum();
	}

	/**
	 * Commands since the start that got no reply.
	 */
	long unanswered() {
		return this.unanswered.sum();
	}

	void answered() {
		if (!this.known) {
			this.known = true;
		}
		Begin current = this.begin.get();
		if (current != null) {
			long now = this.nanoTime.getAsLong();
			if (now - this.lastFailure > QUIET_NANOS && this.begin.compareAndSet(current, null)) {
				logger.info("Redis answers again after {} ms, in which {} commands were not sent and {} got no reply",
						TimeUnit.NANOSECONDS.toMillis(now - current.nanos()), refused() - current.refused(),
						unanswered() - current.unanswered());
			}
		}
	}

	/**
	 * Take note of a reply that did not come in time. Before the first one of all that is
	 * no outage, until commands are refused: a process that has just begun takes longer
	 * to connect than a caller waits.
	 */
	void timedOut(RedisFailureException failure) {
		if (this.known) {
			failed(failure);
		}
		else {
			this.unanswered.increment();
		}
	}

	/**
	 * Take note of a command that failed.
	 */
	void failed(RedisFailureException failure) {
		doubted(failure);
		if (failure.kind() == Kind.AWAY) {
			this.refused.increment();
		}
		else if (failure.kind() == Kind.TIMEOUT) {
			this.unanswered.increment();
		}
	}

	/**
	 * Take note of a probe that failed.
	 */
	void doubted(RedisFailureException failure) {
		if (failure.kind() != Kind.AWAY && failure.kind() != Kind.TIMEOUT) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		this.lastFailure = now;
		Begin current = this.begin.get();
		if (current == null) {
			Outage outage = new Outage(this.clock.instant(), String.valueOf(failure.getMessage()));
			if (this.begin.compareAndSet(null, new Begin(outage, now, refused(), unanswered(), failure.isDenied()))) {
				logger.warn("Redis does not answer, patterns go on without it: {}", outage.reason());
			}
		}
		else if (failure.isDenied() && !current.denied()
				&& this.begin.compareAndSet(current, current.denied(failure))) {
			logger.warn("Redis does not answer for a reason that somebody has to remove: {}", failure.getMessage());
		}
	}

	private record Begin(Outage outage, long nanos, long refused, long unanswered, boolean denied) {

		private Begin denied(RedisFailureException failure) {
			return new Begin(new Outage(this.outage.since(), String.valueOf(failure.getMessage())), this.nanos,
					this.refused, this.unanswered, true);
		}

	}

}
