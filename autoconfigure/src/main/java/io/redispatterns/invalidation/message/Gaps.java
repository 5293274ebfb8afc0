package io.redispatterns.invalidation.message;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages that have come from other nodes, counted by rounds, beside what those tell
 * to have sent: fewer are a gap. So is what a node has sent before this one listened, as
 * nobody can tell that from a loss.
 */
public final class Gaps {

	private static final int PUBLISHERS = 1000;

	private static final int ROUNDS = 64;

	private static final int JUDGED = Integer.MAX_VALUE / 2;

	private final Map<Long, Publisher> publishers = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Publisher> eldest) {
			return size() > PUBLISHERS;
		}

	};

	/**
	 * Count a message.
	 * @param message the message
	 */
	public synchronized void count(InvalidationMessage message) {
		if (message.sequence() != 0) {
			publisher(message).rounds.merge(message.round(), 1, Integer::sum);
		}
	}

	/**
	 * Compare with what a node tells to have sent.
	 * @param counts a message of counts
	 * @return whether fewer have come
	 */
	public synchronized boolean isGap(InvalidationMessage counts) {
		Publisher publisher = publisher(counts);
		ByteBuffer told = ByteBuffer.wrap(counts.subject());
		boolean gap = false;
		while (told.remaining() >= 8) {
			int round = told.getInt();
			int sent = told.getInt();
			// Once, as it is told several times
			Integer came = publisher.rounds.put(round, JUDGED);
			gap |= sent > ((came != null) ? came : 0);
		}
		return gap;
	}

	/**
	 * Begin again, as messages may have been lost.
	 */
	public synchronized void forget() {
		this.publishers.clear();
	}

	private Publisher publisher(InvalidationMessage message) {
		return this.publishers.computeIfAbsent(message.publisher(), (id) -> new Publisher());
	}

	private static final class Publisher {

		private final Map<Integer, Integer> rounds = new LinkedHashMap<>() {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
				return size() > ROUNDS;
			}

		};

	}

}
