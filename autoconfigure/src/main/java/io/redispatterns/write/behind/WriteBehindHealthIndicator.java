package io.redispatterns.write.behind;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.write.behind.queue.QueueDepth;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the queues that are flushed here: {@code UP}, or {@code DEGRADED} while one
 * of them is not flushed because that has failed.
 */
final class WriteBehindHealthIndicator extends AbstractHealthIndicator {

	private static final Status DEGRADED = new Status("DEGRADED", "Accepting without flushing");

	private final Queues queues;

	WriteBehindHealthIndicator(Queues queues) {
		super("Write-behind health check failed");
		this.queues = queues;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		boolean failing = this.queues.flushers().values().stream().anyMatch(Flusher::isFailing);
		builder.status(failing ? DEGRADED : Status.UP);
		this.queues.flushers().keySet().forEach((name) -> builder.withDetail(name, detail(name)));
	}

	private String detail(String name) {
		try {
			QueueDepth depth = this.queues.queue(name).queue().reads().depth();
			return "%d waiting for %s, %d dead".formatted(depth.changes(), depth.lag(), depth.dead());
		}
		catch (RedisFailureException ex) {
			return "unknown: " + ex.getMessage();
		}
	}

}
