package io.redispatterns.races;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.redispatterns.races.Event.Kind;

/**
 * All that the nodes have seen, and what went wrong. Nothing is judged here.
 */
final class RaceHistory implements Consumer<Event> {

	private static final int CAUSES = 5;

	private final List<Event> events = new ArrayList<>();

	private final Map<String, Integer> errors = new LinkedHashMap<>();

	private final List<RaceLinks.Struck> faults = new ArrayList<>();

	private int kills;

	private int crashes;

	private int freezes;

	private long near;

	@Override
	public synchronized void accept(Event event) {
		this.events.add(event);
	}

	/**
	 * A call that failed: what it did to the database is unknown.
	 */
	synchronized void error(String cause) {
		if (this.errors.size() < CAUSES || this.errors.containsKey(cause)) {
			this.errors.merge(cause, 1, Integer::sum);
		}
	}

	synchronized void kill() {
		this.kills++;
	}

	/**
	 * A process ended by itself between a commit and what the cache does then.
	 */
	synchronized void crash() {
		this.crashes++;
	}

	synchronized void freeze() {
		this.freezes++;
	}

	/**
	 * Reads of a node in this process that made no call to Redis.
	 */
	synchronized void near(long hits) {
		this.near += hits;
	}

	synchronized long near() {
		return this.near;
	}

	/**
	 * A link broke.
	 */
	synchronized void fault(RaceLinks.Struck fault) {
		this.faults.add(fault);
	}

	synchronized List<RaceLinks.Struck> faults() {
		return List.copyOf(this.faults);
	}

	synchronized List<Event> events() {
		return List.copyOf(this.events);
	}

	synchronized long count(Kind kind) {
		return this.events.stream().filter((event) -> event.kind() == kind).count();
	}

	synchronized Map<String, Integer> errors() {
		return Map.copyOf(this.errors);
	}

	@Override
	public synchronized String toString() {
		return "%d reads, %d near hits, %d loads, %d writes acknowledged of %d, %d kills, %d crashes, %d freezes, %d faults, errors %s"
			.formatted(count(Kind.READ), this.near, count(Kind.LOADED), count(Kind.ACKNOWLEDGED), count(Kind.WRITTEN),
					this.kills, this.crashes, this.freezes, this.faults.size(), this.errors);
	}

}
