package io.redispatterns.sample.panel;

import java.util.List;

import io.redispatterns.sample.node.Counts;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells what is written behind its callers.
 */
@Component
@Order(6)
final class QueueSection implements PanelSection {

	private final Counts counts;

	QueueSection(Counts counts) {
		this.counts = counts;
	}

	@Override
	public String name() {
		return "queues";
	}

	@Override
	public List<Queue> read() {
		return List.of(read("views"));
	}

	private Queue read(String queue) {
		return new Queue(queue, number("depth", queue), number("lag", queue), number("dead", queue),
				this.counts.of("redis.write.behind.flushed", "queue", queue));
	}

	private @Nullable Long number(String gauge, String queue) {
		Double value = this.counts.gauge("redis.write.behind." + gauge, "queue", queue);
		return (value != null) ? value.longValue() : null;
	}

	/**
	 * A queue: how many changes wait for the database, for how long the oldest, how many
	 * were given up, and how many this node has written. Without Redis nobody knows what
	 * waits.
	 */
	record Queue(String name, @Nullable Long waiting, @Nullable Long lagMillis, @Nullable Long dead, long written) {
	}

}
