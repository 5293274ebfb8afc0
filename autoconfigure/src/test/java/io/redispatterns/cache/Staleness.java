package io.redispatterns.cache;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.cache.Cache;

/**
 * A writer on one node and a reader on another that never writes: for how long the reader
 * is served what the writer has overwritten with acknowledgement.
 */
final class Staleness implements AutoCloseable {

	private final ConcurrentNavigableMap<Integer, Long> acknowledged = new ConcurrentSkipListMap<>();

	private final AtomicLong longest = new AtomicLong();

	private final AtomicLong reads = new AtomicLong();

	private final CountDownLatch end = new CountDownLatch(1);

	private final String key;

	private final Cache written;

	private final Cache read;

	private final Thread writer = new Thread(this::write, "writer");

	private final Thread reader = new Thread(this::read, "reader");

	Staleness(CacheNode writing, CacheNode reading) {
		this(writing, reading, "key");
	}

	Staleness(CacheNode writing, CacheNode reading, String key) {
		this.key = key;
		this.written = writing.cache("stale");
		this.read = reading.cache("stale");
		this.writer.start();
		this.reader.start();
	}

	private boolean isOver(long millis) {
		try {
			return this.end.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	private void write() {
		for (int i = 1; !isOver(10); i++) {
			this.written.put(this.key, i);
			if (Integer.valueOf(i).equals(this.written.get(this.key, Integer.class))) {
				this.acknowledged.put(i, System.nanoTime());
			}
		}
	}

	private void read() {
		while (this.end.getCount() > 0) {
			long asked = System.nanoTime();
			Integer found = this.read.get(this.key, Integer.class);
			if (found != null) {
				this.reads.incrementAndGet();
				this.acknowledged.tailMap(found, false)
					.values()
					.stream()
					.findFirst()
					.ifPresent((since) -> this.longest.accumulateAndGet(asked - since, Math::max));
			}
			Thread.onSpinWait();
			isOver(1);
		}
	}

	/**
	 * Let it go on for a while.
	 */
	Staleness during(Duration time) {
		isOver(time.toMillis());
		return this;
	}

	Duration longest() {
		return Duration.ofNanos(this.longest.get());
	}

	long reads() {
		return this.reads.get();
	}

	/**
	 * Whether the reader sees what the writer does: what was last written, or nothing
	 * where that was not acknowledged and was evicted for it.
	 */
	boolean agrees() {
		return Objects.equals(this.written.get(this.key, Integer.class), this.read.get(this.key, Integer.class));
	}

	/**
	 * Stop writing and reading.
	 */
	@Override
	public void close() throws InterruptedException {
		this.end.countDown();
		this.writer.join();
		this.reader.join();
	}

}
