package io.redispatterns.redis;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the patterns: {@code UP}, or {@code DEGRADED} while they serve without Redis.
 */
final class AvailabilityHealthIndicator extends AbstractHealthIndicator {

	private static final Status DEGRADED = new Status("DEGRADED", "Serving without Redis");

	private final RedisExecutor redis;

	AvailabilityHealthIndicator(RedisExecutor redis) {
		super("Redis patterns health check failed");
		this.redis = redis;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		try {
			this.redis.await(this.redis.time());
			builder.up();
		}
		catch (RedisFailureException ex) {
			builder.status(DEGRADED).withDetail("reason", String.valueOf(ex.getMessage()));
			Availability.Outage outage = this.redis.availability().outage();
			if (outage != null) {
				builder.withDetail("since", outage.since().toString());
			}
		}
	}

}
