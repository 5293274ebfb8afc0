package io.redispatterns.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A version for each key, read in two milliseconds. Remembers when each version was
 * acknowledged, that is when the call that wrote it and evicted the key had returned.
 */
final class Database {

	static final int KEYS = 200;

	static final Duration READ = Duration.ofMillis(2);

	private static final int VERSIONS = 4_096;

	private final AtomicIntegerArray versions = new AtomicIntegerArray(KEYS);

	private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(KEYS);

	private final AtomicLongArray[] acknowledgements = IntStream.range(0, KEYS)
		.mapToObj((key) -> new AtomicLongArray(VERSIONS))
		.toArray(AtomicLongArray[]::new);

	Item read(int key) {
		int version = this.versions.get(key);
		LockSupport.parkNanos(READ.toNanos());
		return new Item(key, version);
	}

	int write(int key) {
		return this.versions.incrementAndGet(key);
	}

	int version(int key) {
		return this.versions.get(key);
	}

	void acknowledge(int key, int version, long nanos) {
		this.acknowledgements[key].set(version % VERSIONS, nanos);
		this.acknowledged.accumulateAndGet(key, version, Math::max);
	}

	/**
	 * How long a newer version than this one had been acknowledged when a read began.
	 * @return the time in nanoseconds, negative when there was none
	 */
	long lag(Item read, long begin) {
		long lag = -1;
		int newest = this.acknowledged.get(read.key());
		for (int version = read.version() + 1; version <= newest; version++) {
			long at = this.acknowledgements[read.key()].get(version % VERSIONS);
			if (at != 0) {
				lag = Math.max(lag, begin - at);
			}
		}
		return lag;
	}

}
