package io.redispatterns.hash;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.hash.script.HashStatistics;
import io.redispatterns.hash.script.HashStatistics.Event;
import org.jspecify.annotations.Nullable;

/**
 * Meters of every store, also of those that are made at run time.
 */
final class HashMetrics implements MeterBinder, HashStatistics.Listener {

	private final List<HashStatistics> stores = new ArrayList<>();

	private @Nullable MeterRegistry registry;

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		this.registry = registry;
		this.stores.forEach((statistics) -> bind(registry, statistics));
	}

	@Override
	public synchronized void created(HashStatistics statistics) {
		this.stores.add(statistics);
		if (this.registry != null) {
			bind(this.registry, statistics);
		}
	}

	private static void bind(MeterRegistry registry, HashStatistics statistics) {
		for (Event read : List.of(Event.HIT, Event.MISS, Event.FAILED)) {
			bind(registry, statistics, read, "redis.hash.reads",
					"Reads of objects and fields by outcome; failed are those that a loader answered without Redis");
		}
		for (Event load : List.of(Event.STORED, Event.REFUSED, Event.UNSTORED)) {
			bind(registry, statistics, load, "redis.hash.loads",
					"Loads after a miss by what became of them; refused are those that a write has overtaken");
		}
		for (Event write : List.of(Event.UNFENCED, Event.UNWRITTEN)) {
			bind(registry, statistics, write, "redis.hash.commits",
					"Writes of transactions that Redis did not acknowledge: unfenced before the commit, unwritten after it");
		}
		FunctionCounter.builder("redis.hash.unreadable", statistics, (counted) -> counted.of(Event.UNREADABLE))
			.tag("name", statistics.name())
			.description("Misses for what is no object of the class")
			.register(registry);
	}

	private static void bind(MeterRegistry registry, HashStatistics statistics, Event event, String name,
			String description) {
		FunctionCounter.builder(name, statistics, (counted) -> counted.of(event))
			.tag("name", statistics.name())
			.tag("outcome", event.tag())
			.description(description)
			.register(registry);
	}

}
