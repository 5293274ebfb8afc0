package io.redispatterns.cache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import io.redispatterns.cache.entry.WrittenValue;
import org.jspecify.annotations.Nullable;

/**
 * Values of one cache that this node keeps for a short time because Redis did not take or
 * give them. A write of this node removes them; another node's does not reach them.
 */
public final class StandIns {

	private final Shelf shelf;

	private final Duration timeToLive;

	private final AtomicLong epoch = new AtomicLong();

	/**
	 * Create the stand-ins of a cache.
	 * @param shelf holds those of all caches
	 * @param timeToLive how long one serves, zero for none
	 */
	public StandIns(Shelf shelf, Duration timeToLive) {
		this.shelf = shelf;
		this.timeToLive = timeToLive;
	}

	public boolean areKept() {
		return !this.timeToLive.isZero();
	}

	public @Nullable WrittenValue find(byte[] entry) {
		StandIn found = this.shelf.values.getIfPresent(ByteBuffer.wrap(entry));
		return (found != null && found.epoch() == this.epoch.get()) ? found.written() : null;
	}

	/**
	 * Keep a value, unless a write has come between. A write first ends what is current
	 * and then removes what is kept: it finds the value here, or the value finds that it
	 * is no longer current.
	 * @param current whether no write has come between
	 */
	public void keep(byte[] entry, WrittenValue written, BooleanSupplier current) {
		if (areKept() && current.getAsBoolean()) {
			StandIn kept = new StandIn(written, this.epoch.get(), this.timeToLive);
			this.shelf.values.asMap()
				.compute(ByteBuffer.wrap(entry), (key, other) -> current.getAsBoolean() ? kept : null);
		}
	}

	public void forget(byte[] entry) {
		this.shelf.values.invalidate(ByteBuffer.wrap(entry));
	}

	public void forgetAll() {
		this.epoch.incrementAndGet();
	}

	private record StandIn(WrittenValue written, long epoch, Duration timeToLive) {

		int weight(ByteBuffer key) {
			byte[] bytes = written().bytes();
			return Math.max(Shelf.LEAST_WEIGHT, key.capacity() + ((bytes != null) ? bytes.length : 0));
		}

	}

	/**
	 * Holds the stand-ins of all caches of a node: at most ten thousand, and at most 16
	 * MiB of keys and values.
	 */
	public static final class Shelf {

		private static final int MAX_BYTES = 16 << 20;

		private static final int LEAST_WEIGHT = MAX_BYTES / 10_000 + 1;

		private final Cache<ByteBuffer, StandIn> values;

		/**
		 * Create an empty shelf.
		 */
		public Shelf() {
			this(Ticker.systemTicker());
		}

		Shelf(Ticker ticker) {
			this.values = Caffeine.newBuilder()
				.maximumWeight(MAX_BYTES)
				.weigher((ByteBuffer key, StandIn value) -> value.weight(key))
				.expireAfter(Expiry.writing((ByteBuffer key, StandIn value) -> value.timeToLive()))
				.ticker(ticker)
				.executor(Runnable::run)
				.scheduler(Scheduler.systemScheduler())
				.build();
		}

		long size() {
			this.values.cleanUp();
			return this.values.estimatedSize();
		}

	}

}
