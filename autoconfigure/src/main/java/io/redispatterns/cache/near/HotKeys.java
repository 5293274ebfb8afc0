package io.redispatterns.cache.near;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

import io.redispatterns.redis.key.KeyNames;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one cache that are read most, by a sample of its reads: one in 32, and of
 * those that make no call one in 1024, which counts for 32. Bounded, and without a lock.
 * <p>
 * A key has one place in each of two rows. What is there belongs to one key, whose reads
 * are votes for it, while those of others are votes against it, until none is left and
 * another takes the place (majority vote of Boyer and Moore in each place, as in
 * MV-Sketch of Tang, Huang and Lee). So the votes of a key are never more than its reads,
 * and hardly less where it is hot. All votes lose half of their weight every half minute.
 */
public final class HotKeys {

	private static final int ROWS = 2;

	private static final int WIDTH = 512;

	/**
	 * Below so many votes nothing is hot.
	 */
	private static final int LEAST = 16;

	private static final long HALF_LIFE = Duration.ofSeconds(30).toNanos();

	private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

	private static final long MIX = 0x9E3779B97F4A7C15L;

	private final int most;

	private final LongSupplier nanoTime;

	private final int width;

	private final AtomicReferenceArray<@Nullable Place> places;

	private final AtomicLong all = new AtomicLong();

	private final AtomicLong lookedAt;

	private volatile int enough = LEAST;

	/**
	 * Create a sample of no reads.
	 * @param most how many keys are {@linkplain #isHot hot} at most, about
	 * @param nanoTime the time as of {@link System#nanoTime()}
	 */
	public HotKeys(int most, LongSupplier nanoTime) {
		this.most = most;
		this.nanoTime = nanoTime;
		this.width = Math.max(WIDTH, Integer.highestOneBit(8 * most));
		this.places = new AtomicReferenceArray<>(ROWS * this.width);
		this.lookedAt = new AtomicLong(nanoTime.getAsLong());
	}

	/**
	 * Take note of a read, if it is one of the sample.
	 * @param key the key, which is kept
	 */
	public void read(byte[] key) {
		long now = this.nanoTime.getAsLong();
		if (isOneIn(32, now)) {
			count(key, now, 1);
		}
	}

	/**
	 * Take note of a hit that makes no call, if it is one of the sample.
	 * @param now the time of the read
	 * @param names tells the key
	 * @param argument the argument of the key
	 */
	void hit(long now, KeyNames names, Object argument) {
		// So seldom that it is compiled apart from the hit, which stays small
		if (isOneIn(1024, now)) {
			count(names.key(argument), now, 32);
		}
	}

	/**
	 * What the time decides as well as chance.
	 */
	private static boolean isOneIn(int many, long now) {
		return (((now * MIX) >>> 48) & (many - 1)) == 0;
	}

	private void count(byte[] key, long now, int weight) {
		int period = period(now);
		this.all.updateAndGet((state) -> state(votes(state, period) + weight, period));
		int hash = Arrays.hashCode(key);
		for (int row = 0; row < ROWS; row++) {
			int index = index(hash, row);
			Place place = this.places.get(index);
			if (place == null || !place.vote(key, weight, period)) {
				this.places.compareAndSet(index, place, new Place(key, state(weight, period)));
			}
		}
	}

	/**
	 * Whether a key is among those that are read most.
	 */
	boolean isHot(byte[] key) {
		long now = this.nanoTime.getAsLong();
		long last = this.lookedAt.get();
		if (now - last > LOOK_EVERY && this.lookedAt.compareAndSet(last, now)) {
			List<Map.Entry<ByteBuffer, Integer>> first = first(this.most, now);
			this.enough = (first.size() < this.most) ? LEAST : first.get(this.most - 1).getValue();
		}
		int hash = Arrays.hashCode(key);
		for (int row = 0; row < ROWS; row++) {
			Place place = this.places.get(index(hash, row));
			if (place != null && Arrays.equals(place.key, key) && votes(place.get(), period(now)) >= this.enough) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The keys that are read most now.
	 * @param most how many at most
	 * @return the keys, the hottest first
	 */
	public List<Hot> top(int most) {
		long now = this.nanoTime.getAsLong();
		double reads = Math.max(1, votes(this.all.get(), period(now)));
		return first(most, now).stream()
			.map((each) -> new Hot(each.getKey().array(), Math.min(1, each.getValue() / reads)))
			.toList();
	}

	private List<Map.Entry<ByteBuffer, Integer>> first(int most, long now) {
		Map<ByteBuffer, Integer> votes = new HashMap<>();
		for (int i = 0; i < this.places.length(); i++) {
			Place place = this.places.get(i);
			if (place != null && votes(place.get(), period(now)) >= LEAST) {
				votes.merge(ByteBuffer.wrap(place.key), votes(place.get(), period(now)), Math::max);
			}
		}
		return votes.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(most)
			.toList();
	}

	private int index(int hash, int row) {
		return row * this.width + ((int) ((hash * MIX) >>> (16 + 24 * row)) & (this.width - 1));
	}

	private static int period(long now) {
		return (int) Math.floorDiv(now, HALF_LIFE);
	}

	/**
	 * Votes and when they were counted, as one number.
	 */
	private static long state(int votes, int period) {
		return ((long) period << 32) | votes;
	}

	private static int votes(long state, int period) {
		int gone = period - (int) (state >>> 32);
		return (gone < 31) ? (int) state >>> Math.max(0, gone) : 0;
	}

	private static final class Place extends AtomicLong {

		private static final long serialVersionUID = 1L;

		private final byte[] key;

		private Place(byte[] key, long state) {
			super(state);
			this.key = key;
		}

		/**
		 * Vote for a key.
		 * @return {@code false} when it is another's and has no votes left
		 */
		private boolean vote(byte[] voted, int weight, int period) {
			int change = Arrays.equals(this.key, voted) ? weight : -weight;
			long before = get();
			while (votes(before, period) + change >= 0) {
				if (compareAndSet(before, state(votes(before, period) + change, period))) {
					return true;
				}
				before = get();
			}
			return false;
		}

	}

	/**
	 * A key that is read often.
	 *
	 * @param key the key as it is in Redis
	 * @param share part of the reads that are reads of it, from 0 to 1
	 */
	public record Hot(byte[] key, double share) {

	}

}
