package io.redispatterns.invalidation.message;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages that this node has sent, counted by rounds: a round ends with each beat. A
 * round is told to the others once the server has acknowledged all of it, a little later,
 * as messages of a cluster come in another order, and eight times, as that may get lost
 * too. One whose fate nobody knows is not counted.
 */
public final class Rounds {

	private static final int REPEATS = 8;

	private static final int GRACE = 2;

	private static final int LONGEST = 64;

	private final Deque<Round> ended = new ArrayDeque<>();

	private volatile Round current;

	/**
	 * Create the rounds.
	 * @param first number of the first
	 */
	public Rounds(int first) {
		this.current = new Round(first);
	}

	/**
	 * Count a message that is about to be sent.
	 * @return its place
	 */
	public Place next() {
		Round round = this.current;
		round.open.incrementAndGet();
		return new Place(round, ((long) round.number << 32) | (round.made.incrementAndGet() & 0xFFFFFFFFL));
	}

	/**
	 * End the round.
	 * @return rounds and how many messages of each the server has sent, as pairs of four
	 * bytes each
	 */
	public synchronized byte[] end() {
		if (this.current.made.get() > 0) {
			this.ended.add(this.current);
			this.current = new Round(this.current.number + 1);
		}
		if (this.ended.size() > LONGEST) {
			this.ended.removeFirst();
		}
		ByteBuffer counts = ByteBuffer.allocate(this.ended.size() * 8);
		for (Round round : this.ended) {
			if (round.open.get() == 0 && ++round.looks > GRACE) {
				counts.putInt(round.number).putInt(round.acknowledged.get());
			}
		}
		this.ended.removeIf((round) -> round.looks >= GRACE + REPEATS);
		byte[] told = new byte[counts.position()];
		counts.flip().get(told);
		return told;
	}

	/**
	 * The place of a message among the others.
	 *
	 * @param round its round
	 * @param sequence the round and the number in it
	 */
	public record Place(Round round, long sequence) {

		/**
		 * Of a message that is not counted.
		 */
		public static final Place UNCOUNTED = new Place(new Round(0), 0);

		/**
		 * Take note of what became of the message.
		 * @param sent whether the server has sent it; {@code false} when nobody knows
		 */
		public void settle(boolean sent) {
			if (sent) {
				this.round.acknowledged.incrementAndGet();
			}
			this.round.open.decrementAndGet();
		}

	}

	/**
	 * What was sent between two beats.
	 */
	public static final class Round {

		private final int number;

		private final AtomicInteger made = new AtomicInteger();

		private final AtomicInteger open = new AtomicInteger();

		private final AtomicInteger acknowledged = new AtomicInteger();

		private int looks;

		private Round(int number) {
			this.number = number;
		}

	}

}
