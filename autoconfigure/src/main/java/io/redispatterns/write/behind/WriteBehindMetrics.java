package io.redispatterns.write.behind;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.write.behind.queue.QueueDepth;

/**
 * Meters of the queues that are flushed here. The gauges ask Redis, and have no value
 * without it.
 */
final class WriteBehindMetrics implements MeterBinder {

	private final Queues queues;

	WriteBehindMetrics(Queues queues) {
		this.queues = queues;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.queues.flushers().forEach((name, flusher) -> {
			BehindQueue queue = this.queues.queue(name);
			Gauge.builder("redis.write.behind.depth", queue, value(QueueDepth::changes))
				.tag("queue", name)
				.description("Changes that wait")
				.register(registry);
			TimeGauge
				.builder("redis.write.behind.lag", queue, TimeUnit.MILLISECONDS,
						value((depth) -> depth.lag().toMillis()))
				.tag("queue", name)
				.description("For how long the oldest change has waited")
				.register(registry);
			Gauge.builder("redis.write.behind.dead", queue, value(QueueDepth::dead))
				.tag("queue", name)
				.description("Changes in the dead letter")
				.register(registry);
			FunctionCounter.builder("redis.write.behind.flushed", flusher, (counted) -> counted.flushed.sum())
				.tag("queue", name)
				.description("Changes that this node has flushed")
				.register(registry);
			FunctionCounter.builder("redis.write.behind.failed", flusher, (counted) -> counted.failed.sum())
				.tag("queue", name)
				.description("Flushes of this node that have failed")
				.register(registry);
		});
	}

	private static ToDoubleFunction<BehindQueue> value(ToDoubleFunction<QueueDepth> part) {
		return (queue) -> {
			try {
				return part.applyAsDouble(queue.queue().reads().depth());
			}
			catch (RedisFailureException ex) {
				return Double.NaN;
			}
		};
	}

}
