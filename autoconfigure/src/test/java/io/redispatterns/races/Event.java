package io.redispatterns.races;

import java.util.stream.Stream;

/**
 * What a node has seen. Times are those of {@link System#nanoTime()}, which is one clock
 * for all processes of a machine.
 *
 * @param node the node, no two are the same, not even one after the other
 * @param begin when the call began
 * @param end when the call had returned
 */
record Event(Kind kind, int node, int key, long version, long stamp, long begin, long end) {

	static Event of(Kind kind, int node, Track track, long begin, long end) {
		return new Event(kind, node, track.id(), track.version(), track.stamp(), begin, end);
	}

	static Event parse(String line) {
		String[] words = line.split(" ");
		long[] numbers = Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray();
		return new Event(Kind.valueOf(words[0]), (int) numbers[0], (int) numbers[1], numbers[2], numbers[3], numbers[4],
				numbers[5]);
	}

	String line() {
		return "%s %d %d %d %d %d %d".formatted(this.kind, this.node, this.key, this.version, this.stamp, this.begin,
				this.end);
	}

	/**
	 * What an event says of its version and stamp.
	 */
	enum Kind {

		/** A caller got it. */
		READ,

		/** The database gave it to a loader. */
		LOADED,

		/** A transaction changed its row to it, and is about to commit. */
		WRITTEN,

		/** The caller of that transaction was told that it has committed. */
		ACKNOWLEDGED,

		/** The caller of that transaction was told that it was rolled back. */
		ROLLED_BACK,

		/** The transaction that wrote the stamp before {@code begin} got it itself. */
		OWN_READ,

		/** A caller got it after all was quiet. */
		LAST_READ,

		/** The database holds it after all was quiet. */
		LAST

	}

}
