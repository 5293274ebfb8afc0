package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The record of a run, made without judging and of a size that is known at its begin.
 * Times are nanoseconds since the begin.
 */
final class History {

	static final Duration OVERDUE = Duration.ofSeconds(2);

	static final long BUCKET = Duration.ofMillis(100).toNanos();

	private static final int CAUSES = 5;

	private final int nodes;

	private final Bucket[] buckets;

	/** How often a node has loaded a key in a bucket. */
	private final AtomicIntegerArray[] loads;

	private final List<Sample> samples = new ArrayList<>();

	private final Set<String> causes = new LinkedHashSet<>();

	private long origin;

	private long fault;

	private long heal;

	private int opens;

	private long end = Long.MAX_VALUE - BUCKET;

	private int stuck;

	private long heapGrowth;

	History(Duration length, int nodes) {
		int count = (int) (length.toNanos() / BUCKET) + 1;
		this.nodes = nodes;
		this.buckets = Stream.generate(Bucket::new).limit(count).toArray(Bucket[]::new);
		this.loads = IntStream.range(0, count)
			.mapToObj((bucket) -> new AtomicIntegerArray(nodes * Database.KEYS))
			.toArray(AtomicIntegerArray[]::new);
	}

	void begin(long nanoTime) {
		this.origin = nanoTime;
	}

	/**
	 * The bucket of a moment; the last one is for all that comes later.
	 */
	Bucket at(long nanoTime) {
		return this.buckets[index(nanoTime)];
	}

	void load(int node, int key, long nanoTime) {
		this.loads[index(nanoTime)].incrementAndGet(node * Database.KEYS + key);
		at(nanoTime).loads.incrementAndGet();
	}

	synchronized void sample(long nanoTime, long reads, long hits) {
		this.samples.add(new Sample(nanoTime - this.origin, reads, hits));
	}

	synchronized void open() {
		this.opens++;
	}

	synchronized void cause(String cause) {
		if (this.causes.size() < CAUSES) {
			this.causes.add(cause);
		}
	}

	void fault(long nanoTime) {
		this.fault = nanoTime - this.origin;
	}

	void heal(long nanoTime) {
		this.heal = nanoTime - this.origin;
	}

	void end(long nanoTime) {
		this.end = nanoTime - this.origin;
	}

	void stuck(int keys) {
		this.stuck = keys;
	}

	void heapGrowth(long bytes) {
		this.heapGrowth = bytes;
	}

	long fault() {
		return this.fault;
	}

	long heal() {
		return this.heal;
	}

	/**
	 * The end of the tail: what comes later says nothing about the recovery.
	 */
	long end() {
		return this.end;
	}

	int stuck() {
		return this.stuck;
	}

	long heapGrowth() {
		return this.heapGrowth;
	}

	int nodes() {
		return this.nodes;
	}

	synchronized List<Sample> samples() {
		return List.copyOf(this.samples);
	}

	/**
	 * How often a breaker of any node was seen to open.
	 */
	synchronized int opens() {
		return this.opens;
	}

	synchronized List<String> causes() {
		return List.copyOf(this.causes);
	}

	/**
	 * All buckets from one moment to before another.
	 */
	List<Bucket> between(long from, long to) {
		int first = Math.min((int) (from / BUCKET), this.buckets.length - 1);
		int last = (int) Math.min((to + BUCKET - 1) / BUCKET, this.buckets.length);
		return Arrays.asList(this.buckets).subList(first, Math.max(first, last));
	}

	/**
	 * How often a node has loaded a key in a second that begins with a bucket.
	 */
	int loadsInSecond(int node, int key, int firstBucket) {
		int sum = 0;
		for (int bucket = firstBucket; bucket < firstBucket + 10; bucket++) {
			sum += this.loads[bucket].get(node * Database.KEYS + key);
		}
		return sum;
	}

	private int index(long nanoTime) {
		return (int) Math.min(Math.max(0, nanoTime - this.origin) / BUCKET, this.buckets.length - 1);
	}

	/**
	 * Counters of all nodes at a moment.
	 */
	record Sample(long at, long reads, long hits) {

	}

}
