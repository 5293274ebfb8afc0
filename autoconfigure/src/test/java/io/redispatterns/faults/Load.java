package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that call the items of all nodes, and one that counts.
 */
final class Load implements AutoCloseable {

	private static final long THINK_TIME = Duration.ofMillis(5).toNanos();

	private static final long SAMPLE = Duration.ofMillis(50).toNanos();

	private static final long PATIENCE = Duration.ofSeconds(70).toNanos();

	private static final double WRITES = 0.1;

	private final List<FaultNode> nodes;

	private final Database database;

	private final History history;

	private final List<Thread> threads = new ArrayList<>();

	private final LongAdder reads = new LongAdder();

	private volatile int writers;

	private volatile boolean stopped;

	Load(List<FaultNode> nodes, Database database, History history) {
		this.nodes = nodes;
		this.database = database;
		this.history = history;
	}

	void start(int threadsPerNode, long seed) {
		this.history.begin(System.nanoTime());
		add(this::sample);
		add(this::measureHiccups);
		for (int i = 0; i < threadsPerNode * this.nodes.size(); i++) {
			int node = i % this.nodes.size();
			Random random = new Random(seed + i);
			Items items = this.nodes.get(node).items();
			add(() -> call(node, items, random));
		}
		this.threads.forEach(Thread::start);
	}

	/**
	 * Make every tenth call a write.
	 * @param nodes how many nodes write, the first ones
	 */
	void writeThrough(int nodes) {
		this.writers = nodes;
	}

	@Override
	public void close() {
		this.stopped = true;
		long deadline = System.nanoTime() + PATIENCE;
		for (Thread thread : this.threads) {
			try {
				TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (thread.isAlive()) {
				error(new IllegalStateException("A call has not returned"), System.nanoTime());
			}
		}
	}

	private void add(Runnable task) {
		Thread thread = new Thread(task, "fault-load");
		thread.setDaemon(true);
		this.threads.add(thread);
	}

	private void call(int node, Items items, Random random) {
		LockSupport.parkNanos((long) (random.nextDouble() * THINK_TIME));
		while (!this.stopped) {
			int key = random.nextInt(Database.KEYS);
			boolean write = random.nextDouble() < WRITES && node < this.writers;
			long begin = System.nanoTime();
			try {
				if (write) {
					write(items, key % (Database.KEYS / 2));
				}
				else {
					read(items, key, begin);
				}
			}
			catch (RuntimeException ex) {
				error(ex, begin);
			}
			this.history.at(begin).call(System.nanoTime() - begin);
			LockSupport.parkNanos(THINK_TIME);
		}
	}

	private void write(Items items, int key) {
		int version = items.write(key);
		this.database.acknowledge(key, version, System.nanoTime());
	}

	private void read(Items items, int key, long begin) {
		Item item = items.find(key);
		long took = System.nanoTime() - begin;
		this.reads.increment();
		Bucket bucket = this.history.at(begin);
		bucket.added.add(took - Items.takeSpent());
		bucket.lag(this.database.lag(item, begin));
	}

	private void error(RuntimeException ex, long begin) {
		this.history.at(begin).errors.incrementAndGet();
		this.history.cause(String.valueOf(ex));
	}

	private void sample() {
		boolean[] open = new boolean[this.nodes.size()];
		while (!this.stopped) {
			for (int i = 0; i < open.length; i++) {
				boolean opened = !open[i];
				open[i] = this.nodes.get(i).open();
				if (opened && open[i]) {
					this.history.open();
				}
			}
			this.history.sample(System.nanoTime(), this.reads.sum(),
					this.nodes.stream().mapToLong(FaultNode::hits).sum());
			LockSupport.parkNanos(SAMPLE);
		}
	}

	private void measureHiccups() {
		while (!this.stopped) {
			long begin = System.nanoTime();
			LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
			long late = System.nanoTime() - begin - Duration.ofMillis(1).toNanos();
			this.history.at(begin).hiccup(late);
		}
	}

}
