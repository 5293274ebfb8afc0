package io.redispatterns.faults;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Nodes under load while a fault comes and goes: warm-up, fault with writes that end half
 * a second before the heal, heal, tail without writes, and a last look at every key on
 * every node.
 */
final class FaultRun implements AutoCloseable {

	static final Duration QUIET = Duration.ofMillis(500);

	private static final long SEED = Long.getLong("redispatterns.faults.seed", System.nanoTime());

	private static final int READERS = 16;

	/** Room for faults and heals that take their time. */
	private static final Duration SLACK = Duration.ofSeconds(40);

	private final Scale scale;

	private final Database database = new Database();

	private final History history;

	private final List<FaultNode> nodes = new ArrayList<>();

	private Runnable heal = () -> {
	};

	private Consumer<FaultRun> end = (run) -> {
	};

	private int writers;

	private boolean writingBefore;

	private boolean weighed;

	private @Nullable Load load;

	FaultRun(Scale scale) {
		this.scale = scale;
		this.writers = scale.nodes();
		this.history = new History(scale.length().plus(SLACK), scale.nodes());
	}

	FaultRun start(String client, IntFunction<Map<String, String>> redis, String... properties) {
		for (int i = 0; i < this.scale.nodes(); i++) {
			int node = i;
			Items items = new Items(this.database, (key, nanos) -> this.history.load(node, key, nanos));
			List<String> all = new ArrayList<>(List.of(properties));
			all.add("spring.data.redis.client-type=" + client);
			this.nodes.add(FaultNode.start(redis.apply(i), all, items));
		}
		return this;
	}

	FaultRun start(String client, Map<String, String> redis, String... properties) {
		return start(client, (node) -> redis, properties);
	}

	FaultRun heal(Runnable heal) {
		this.heal = heal;
		return this;
	}

	/**
	 * What happens between the tail and the last look.
	 */
	FaultRun end(Consumer<FaultRun> end) {
		this.end = end;
		return this;
	}

	/**
	 * Let the nodes write from the begin, where the hits during the fault are compared
	 * with those before.
	 */
	FaultRun writingBefore() {
		this.writingBefore = true;
		return this;
	}

	/**
	 * How many nodes write during the fault, the first ones.
	 */
	FaultRun writers(int writers) {
		this.writers = writers;
		return this;
	}

	/**
	 * Compare the heap before and at the end of the fault.
	 */
	FaultRun weighed() {
		this.weighed = true;
		return this;
	}

	List<FaultNode> nodes() {
		return this.nodes;
	}

	/**
	 * Let all nodes write for a while, and no more.
	 */
	void write(Duration time) {
		if (this.load != null) {
			this.load.writeThrough(this.scale.nodes());
			pause(time);
			this.load.writeThrough(0);
		}
	}

	Figures run(Runnable fault) {
		System.out.println("Seed " + SEED);
		if (!this.scale.warmUp().isZero()) {
			this.nodes.forEach((node) -> read(node.items()));
		}
		try (Load load = new Load(this.nodes, this.database, this.history)) {
			this.load = load;
			load.start(this.scale.threads(), SEED);
			load.writeThrough(this.writingBefore ? this.writers : 0);
			pause(this.scale.warmUp());
			long heap = this.weighed ? heap() : 0;
			fail(fault, load);
			this.history.heapGrowth(this.weighed ? heap() - heap : 0);
			this.heal.run();
			this.history.heal(System.nanoTime());
			pause(this.scale.tail());
			this.history.end(System.nanoTime());
			this.history.stuck(this.nodes.stream().mapToInt((node) -> read(node.items())).sum());
			this.end.accept(this);
		}
		return Figures.of(this.history);
	}

	private void fail(Runnable fault, Load load) {
		long begin = System.nanoTime();
		this.history.fault(begin);
		CompletableFuture<Void> failing = CompletableFuture.runAsync(fault);
		load.writeThrough(this.writers);
		pause(this.scale.fault().minus(QUIET));
		load.writeThrough(0);
		pause(Duration.ofNanos(begin + this.scale.fault().toNanos() - System.nanoTime()));
		failing.join();
	}

	/**
	 * Read every key, many at a time since Redis may still be away.
	 * @return how many are not what the database holds
	 */
	private int read(Items items) {
		ExecutorService threads = Executors.newFixedThreadPool(READERS);
		try {
			return IntStream.range(0, Database.KEYS)
				.mapToObj((key) -> CompletableFuture.supplyAsync(() -> items.find(key).version(), threads)
					.thenApply((version) -> (version == this.database.version(key)) ? 0 : 1))
				.toList()
				.stream()
				.mapToInt(CompletableFuture::join)
				.sum();
		}
		finally {
			threads.shutdown();
		}
	}

	static void pause(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@Override
	public void close() {
		this.nodes.forEach(FaultNode::close);
	}

}
