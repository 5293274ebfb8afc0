package io.redispatterns.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server answers, and since when it does not. Logs the begin and the end of
 * an outage, once each.
 */
public final class Availability {

	private static final Logger logger = LoggerFactory.getLogger(Availability.class);

	private final Clock clock;

	private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();

	Availability(Clock clock) {
		this.clock = clock;
	}

	/**
	 * The outage that is going on.
	 * @return the outage, {@code null} while the server answers
	 */
	public @Nullable Outage outage() {
		return this.outage.get();
	}

	void answered() {
		if (this.outage.get() != null) {
			Outage ended = this.outage.getAndSet(null);
			if (ended != null) {
				logger.info("Redis answers again after {} ms",
						Duration.between(ended.since(), this.clock.instant()).toMillis());
			}
		}
	}

	void failed(RedisFailureException failure) {
		if (failure.kind() != RedisFailureException.Kind.REFUSED && this.outage.get() == null) {
			Outage begun = new Outage(this.clock.instant(), String.valueOf(failure.getMessage()));
			if (this.outage.compareAndSet(null, begun)) {
				logger.warn("Redis does not answer, patterns go on without it: {}", begun.reason());
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

}
