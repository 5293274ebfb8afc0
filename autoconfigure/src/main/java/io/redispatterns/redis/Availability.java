package io.redispatterns.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server answers, and since when it does not. Logs the begin and the end of
 * an outage, once each: it ends with the first answer after a second without a failure,
 * so that an unsteady server, or one node of many, is one outage.
 */
public final class Availability {

	private static final Logger logger = LoggerFactory.getLogger(Availability.class);

	private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final AtomicReference<@Nullable Begin> begin = new AtomicReference<>();

	private volatile long lastFailure;

	Availability(InstantSource clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	/**
	 * The outage that is going on.
	 * @return the outage, {@code null} while the server answers
	 */
	public @Nullable Outage outage() {
		Begin current = this.begin.get();
		return (current != null) ? current.outage() : null;
	}

	void answered() {
		Begin current = this.begin.get();
		if (current != null) {
			long now = this.nanoTime.getAsLong();
			if (now - this.lastFailure > QUIET_NANOS && this.begin.compareAndSet(current, null)) {
				logger.info("Redis answers again after {} ms", TimeUnit.NANOSECONDS.toMillis(now - current.nanos()));
			}
		}
	}

	void failed(RedisFailureException failure) {
		if (failure.kind() == RedisFailureException.Kind.REFUSED) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		this.lastFailure = now;
		if (this.begin.get() == null) {
			Outage outage = new Outage(this.clock.instant(), String.valueOf(failure.getMessage()));
			if (this.begin.compareAndSet(null, new Begin(outage, now))) {
				logger.warn("Redis does not answer, patterns go on without it: {}", outage.reason());
			}
		}
	}

	/**
	 * A time without answers.
	 *
	 * @param since when the first command failed
	 * @param reason how it failed, free of keys and values
	 */
	public record Outage(Instant since, String reason) {

	}

	private record Begin(Outage outage, long nanos) {

	}

}
