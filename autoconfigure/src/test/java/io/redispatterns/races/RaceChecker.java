package io.redispatterns.races;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.races.Event.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Judges a history when it is over: no read of a version that is older than one which was
 * acknowledged before the read began, none of what was rolled back or not written yet,
 * and at the end every node reads what the database holds. A write without an answer may
 * have happened or not.
 */
final class RaceChecker {

	/** Rows begin with it. */
	private static final long FIRST = 0;

	private final List<Event> events;

	/** For each key the newest version that was acknowledged up to a time. */
	private final Map<Integer, TreeMap<Long, Event>> acknowledged = new HashMap<>();

	private final Map<Long, Event> written = new HashMap<>();

	private final Map<Long, Event> rolledBack = new HashMap<>();

	private final Map<Integer, Event> last = new HashMap<>();

	private final long bound;

	private RaceChecker(List<Event> events, Duration bound) {
		this.events = events;
		this.bound = bound.toNanos();
		of(Kind.ACKNOWLEDGED).sorted(Comparator.comparingLong(Event::end)).forEach(this::acknowledge);
		of(Kind.WRITTEN).forEach((event) -> this.written.put(event.stamp(), event));
		of(Kind.ROLLED_BACK).forEach((event) -> this.rolledBack.put(event.stamp(), event));
		of(Kind.LAST).forEach((event) -> this.last.put(event.key(), event));
	}

	/**
	 * Judge a history.
	 * @param bound for how long an older version may be read
	 * @return what is wrong, empty when nothing is
	 */
	static List<String> violations(List<Event> events, Duration bound) {
		RaceChecker checker = new RaceChecker(events, bound);
		return events.stream().map(checker::judge).filter((violation) -> !violation.isEmpty()).toList();
	}

	/**
	 * How often each kind of violation occurred, and the first of each in full.
	 */
	static Map<String, String> summary(List<String> violations) {
		return violations.stream()
			.collect(Collectors.groupingBy((violation) -> violation.substring(0, violation.indexOf(':')), TreeMap::new,
					Collectors.collectingAndThen(Collectors.toCollection(ArrayList::new),
							(all) -> all.size() + " times, as " + all.get(0))));
	}

	private void acknowledge(Event event) {
		TreeMap<Long, Event> newest = this.acknowledged.computeIfAbsent(event.key(), (key) -> new TreeMap<>());
		if (newest.isEmpty() || newest.lastEntry().getValue().version() < event.version()) {
			newest.put(event.end(), event);
		}
	}

	private String judge(Event event) {
		return switch (event.kind()) {
			case READ -> judgeRead(event);
			case OWN_READ -> judgeOwnRead(event);
			case LAST_READ -> judgeLastRead(event);
			default -> "";
		};
	}

	private String judgeRead(Event read) {
		Event newer = newest(read.key(), read.begin() - this.bound);
		if (newer != null && newer.version() > read.version()) {
			return "stale: %s began %.3f ms after %s".formatted(read, millis(read.begin() - newer.end()), newer);
		}
		if (read.stamp() == FIRST) {
			return "";
		}
		Event write = this.written.get(read.stamp());
		if (write == null) {
			return "unknown: %s was never written".formatted(read);
		}
		if (this.rolledBack.containsKey(read.stamp())) {
			return "rolled back: %s of %s".formatted(read, write);
		}
		return (read.end() < write.begin()) ? "uncommitted: %s ended before %s".formatted(read, write) : "";
	}

	private String judgeOwnRead(Event read) {
		return (read.begin() != read.stamp()) ? "own: %s is not what its transaction has written".formatted(read) : "";
	}

	private String judgeLastRead(Event read) {
		Event row = this.last.get(read.key());
		return (row == null || row.version() != read.version() || row.stamp() != read.stamp())
				? "stuck: %s but the database holds %s".formatted(read, row) : "";
	}

	private @Nullable Event newest(int key, long before) {
		TreeMap<Long, Event> newest = this.acknowledged.getOrDefault(key, new TreeMap<>());
		Map.Entry<Long, Event> entry = newest.lowerEntry(before);
		return (entry != null) ? entry.getValue() : null;
	}

	private Stream<Event> of(Kind kind) {
		return this.events.stream().filter((event) -> event.kind() == kind);
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

}
