package io.redispatterns.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the patterns: {@code UP}, {@code DEGRADED} while they serve without Redis, or
 * {@code DOWN} when that lasts longer than the application stands.
 */
public final class AvailabilityHealthIndicator extends AbstractHealthIndicator {

	private static final Status DEGRADED = new Status("DEGRADED", "Serving without Redis");

	private final RedisExecutor redis;

	private final @Nullable Duration downAfter;

	/**
	 * Create the indicator.
	 * @param redis the way to the server
	 * @param downAfter length of an outage after which health is {@code DOWN},
	 * {@code null} for never
	 */
	public AvailabilityHealthIndicator(RedisExecutor redis, @Nullable Duration downAfter) {
		super("Redis patterns health check failed");
		this.redis = redis;
		this.downAfter = downAfter;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		String reason = null;
		try {
			this.redis.await(this.redis.time());
		}
		catch (RedisFailureException ex) {
			reason = ex.getMessage();
		}
		Availability.Outage outage = this.redis.availability().outage();
		if (outage == null && reason == null) {
			builder.up();
			return;
		}
		Duration length = this.redis.availability().length();
		boolean down = this.downAfter != null && length != null && length.compareTo(this.downAfter) > 0;
		builder.status(down ? Status.DOWN : DEGRADED);
		if (outage != null) {
			builder.withDetail("since", outage.since().toString());
		}
		builder.withDetail("reason", (reason != null || outage == null) ? String.valueOf(reason) : outage.reason());
	}

}
