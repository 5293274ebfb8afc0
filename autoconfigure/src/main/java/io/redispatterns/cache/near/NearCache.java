package io.redispatterns.cache.near;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.redispatterns.cache.near.InvalidationBus.Trust;
import io.redispatterns.redis.key.KeyNames;
import org.jspecify.annotations.Nullable;

/**
 * Values of one cache that this node has read from Redis and serves without asking again:
 * no longer than the entry lives there, and only while it can be trusted that this node
 * knows what others have written since. Safe for use by many threads; values are kept by
 * reference.
 * <p>
 * The race of a value that was read before a write and comes to be kept after it: a write
 * first counts, one of a key in one of 1024 places, and then removes. Who reads takes
 * down the count before he asks Redis, and keeps the value in one step with the look
 * whether it is still the same.
 */
public final class NearCache {

	/**
	 * Keeps nothing.
	 */
	public static final NearCache NONE = new NearCache();

	private static final int STRIPES = 1024;

	private final @Nullable KeyNames names;

	private final HotKeys hot;

	private final boolean hotOnly;

	private final long timeToLive;

	private final LongSupplier nanoTime;

	private final Cache<Object, Kept> kept;

	private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);

	private final AtomicLong epoch = new AtomicLong();

	private final LongAdder hits = new LongAdder();

	private volatile Trust trust = (nanos) -> false;

	private NearCache() {
		this.names = null;
		this.nanoTime = () -> 0;
		this.hot = new HotKeys(0, this.nanoTime);
		this.hotOnly = false;
		this.timeToLive = 0;
		this.kept = Caffeine.newBuilder().maximumSize(0).build();
	}

	/**
	 * Create an empty cache that is not trusted yet.
	 * @param names names of the keys of its entries
	 * @param settings how much it keeps, and for how long
	 * @param hot the keys that are read most
	 * @param nanoTime the time as of {@link System#nanoTime()}
	 */
	public NearCache(KeyNames names, Settings settings, HotKeys hot, LongSupplier nanoTime) {
		this.names = names;
		this.hot = hot;
		this.hotOnly = settings.hotOnly();
		this.timeToLive = settings.timeToLive().toNanos();
		this.nanoTime = nanoTime;
		this.kept = Caffeine.newBuilder().maximumSize(settings.maxSize()).build();
	}

	/**
	 * Serve from now on while there is trust.
	 * @param trust whether there is
	 */
	public void trustWhile(Trust trust) {
		this.trust = trust;
	}

	/**
	 * Find a value.
	 * @param argument the argument of its key
	 * @return the store value, {@code null} when it has to be read from Redis
	 */
	public @Nullable Object find(Object argument) {
		if (this.names == null) {
			return null;
		}
		// Spares a hit the look whether the argument is its own name
		Kept found = KeyNames.canBeItsOwn(argument) ? this.kept.getIfPresent(argument) : null;
		if (found == null) {
			found = byName(this.names.of(argument), argument);
		}
		if (found == null || found.epoch != this.epoch.get()) {
			return null;
		}
		long now = this.nanoTime.getAsLong();
		if (now - found.end >= 0 || !this.trust.holds(now)) {
			return null;
		}
		this.hits.increment();
		this.hot.hit(now, this.names, argument);
		return found.value;
	}

	private @Nullable Kept byName(Object name, Object argument) {
		return (name != argument) ? this.kept.getIfPresent(name) : null;
	}

	/**
	 * What is known of the writes of an entry, taken down before Redis is asked for it.
	 * @param key the key of the entry
	 * @return for {@link #keep}
	 */
	public long seen(byte[] key) {
		// Both only rise: their sum is the same when both are
		return (this.names != null) ? this.epoch.get() + this.stripes.get(stripe(key)) : 0;
	}

	/**
	 * Keep a value that was read from Redis, unless a write has come between.
	 * @param key the key of the entry
	 * @param value the store value
	 * @param tags the tags of the entry
	 * @param seen what was seen before Redis was asked
	 * @param millis how long it may serve; 0 or less for not at all
	 */
	public void keep(byte[] key, Object value, List<String> tags, long seen, long millis) {
		if (this.names == null || millis <= 0 || (this.hotOnly && !this.hot.isHot(key))) {
			return;
		}
		long life = Math.min(this.timeToLive, Duration.ofMillis(Math.min(millis, 1L << 40)).toNanos());
		Kept made = new Kept(value, tags, this.nanoTime.getAsLong() + life, this.epoch.get());
		this.kept.asMap().compute(this.names.ofKey(key), (name, other) -> (seen(key) == seen) ? made : null);
	}

	/**
	 * Forget an entry that is written.
	 * @param key the key of the entry
	 */
	public void drop(byte[] key) {
		if (this.names != null) {
			this.stripes.incrementAndGet(stripe(key));
			this.kept.asMap().remove(this.names.ofKey(key));
		}
	}

	/**
	 * Forget the entries with a tag.
	 * @param tag the tag
	 */
	public void dropTag(String tag) {
		if (this.names != null) {
			long before = this.epoch.getAndIncrement();
			// In one pass: what it does not come across stays behind, and does not serve
			this.kept.asMap().values().removeIf((each) -> !each.goOn(before, tag));
		}
	}

	/**
	 * Forget everything.
	 */
	public void flush() {
		if (this.names != null) {
			this.epoch.incrementAndGet();
			this.kept.invalidateAll();
		}
	}

	/**
	 * How many values are kept.
	 * @return the number, which may count some that do not serve any more
	 */
	public long size() {
		return this.kept.estimatedSize();
	}

	/**
	 * How many reads were served.
	 * @return the number
	 */
	public long hits() {
		return this.hits.sum();
	}

	private static int stripe(byte[] key) {
		int hash = 0;
		for (byte each : key) {
			hash = 31 * hash + each;
		}
		return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (STRIPES - 1);
	}

	private static final class Kept {

		private final Object value;

		private final List<String> tags;

		private final long end;

		private volatile long epoch;

		private Kept(Object value, List<String> tags, long end, long epoch) {
			this.value = value;
			this.tags = tags;
			this.end = end;
			this.epoch = epoch;
		}

		/**
		 * Serve on after the end of an epoch, unless it ends what has a tag.
		 */
		private boolean goOn(long before, String tag) {
			if (this.epoch != before || this.tags.contains(tag)) {
				return false;
			}
			this.epoch = before + 1;
			return true;
		}

	}

	/**
	 * How a near cache keeps values.
	 *
	 * @param maxSize how many
	 * @param timeToLive how long at most
	 * @param hotOnly whether only values that are read often
	 */
	public record Settings(int maxSize, Duration timeToLive, boolean hotOnly) {

	}

}
