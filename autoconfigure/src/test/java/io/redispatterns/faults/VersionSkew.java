package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.test.StandaloneRedis;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Two nodes that know two classes for the values of one cache, under a load of reads and
 * writes; then the first alone.
 */
final class VersionSkew {

	private static final int KEYS = 50;

	private static final int THREADS = 3;

	private static final double WRITES = 0.02;

	private static final Duration THINK_TIME = Duration.ofMillis(2);

	private static final long SEED = 42;

	private final AtomicLongArray versions = new AtomicLongArray(KEYS);

	private final AtomicLongArray acknowledged = new AtomicLongArray(KEYS);

	private final LongAdder loads = new LongAdder();

	private final LongAdder reads = new LongAdder();

	private final Map<String, AtomicInteger> wrong = new TreeMap<>();

	private VersionSkew() {
	}

	static VersionSkew run(StandaloneRedis redis, Duration time, Maker first, Maker second) {
		redis.command("FLUSHALL");
		VersionSkew skew = new VersionSkew();
		try (FaultNode older = node(redis, first); FaultNode newer = node(redis, second)) {
			skew.race(time, List.of(new Version(older, first), new Version(newer, second)));
			newer.close();
			Version back = new Version(older, first);
			for (int key = 0; key < KEYS; key++) {
				skew.read(back, key);
			}
		}
		return skew;
	}

	private static FaultNode node(StandaloneRedis redis, Maker maker) {
		String type = maker.make(0, 0).getClass().getName();
		return FaultNode.start(redis.springProperties(),
				List.of("redis.cache.caches.skew.type=" + type, "redis.resilience.command-timeout=10s"),
				new Items(new Database(), (key, nanos) -> {
				}))
			.connected();
	}

	private void race(Duration time, List<Version> versions) {
		long end = System.nanoTime() + time.toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS * versions.size(); i++) {
			Version version = versions.get(i % versions.size());
			Random random = new Random(SEED + i);
			Thread thread = new Thread(() -> {
				while (System.nanoTime() < end) {
					call(version, random);
				}
			}, "version-skew");
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void call(Version version, Random random) {
		int key = random.nextInt(KEYS);
		try {
			if (random.nextDouble() < WRITES) {
				long written = this.versions.incrementAndGet(key);
				version.cache().evict(key);
				this.acknowledged.accumulateAndGet(key, written, Math::max);
			}
			else {
				read(version, key);
			}
		}
		catch (RuntimeException ex) {
			wrong("error " + ex);
		}
		LockSupport.parkNanos(THINK_TIME.toNanos());
	}

	private void read(Version version, int key) {
		long least = this.acknowledged.get(key);
		Object value = Objects.requireNonNull(version.cache().get(key, () -> {
			this.loads.increment();
			return version.maker().make(key, this.versions.get(key));
		}));
		this.reads.increment();
		Versioned expected = version.maker().make(key, ((Versioned) value).version());
		if (expected.version() < least) {
			wrong("stale");
		}
		if (!(value.getClass() == expected.getClass() && ((Versioned) value).id() == key)) {
			wrong("another value");
		}
	}

	private synchronized void wrong(String what) {
		this.wrong.computeIfAbsent(what, (key) -> new AtomicInteger()).incrementAndGet();
	}

	synchronized List<String> violations() {
		List<String> violations = new ArrayList<>();
		this.wrong.forEach((what, count) -> violations.add(count + " times " + what));
		return violations;
	}

	double loadsPerRead() {
		return this.loads.doubleValue() / this.reads.doubleValue();
	}

	/**
	 * What one version of an application makes of a row.
	 */
	interface Maker {

		Versioned make(int id, long version);

	}

	/**
	 * What all versions of a class have.
	 */
	interface Versioned {

		int id();

		long version();

	}

	private record Version(FaultNode node, Maker maker) {

		Cache cache() {
			return Objects.requireNonNull(this.node.get(CacheManager.class).getCache("skew"));
		}

	}

}
