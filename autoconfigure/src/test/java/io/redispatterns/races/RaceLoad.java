package io.redispatterns.races;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.redispatterns.cache.fence.FenceFailureException;
import io.redispatterns.races.Event.Kind;
import io.redispatterns.races.Write.End;

/**
 * Threads that read and write the tracks of one node.
 */
final class RaceLoad implements AutoCloseable {

	private static final int THREADS = 4;

	private static final double WRITES = 0.08;

	private static final int READER = 1;

	private static final double ROLLBACKS = 0.1;

	private static final long THINK_TIME = 1_000_000;

	private static final AtomicLong stamps = new AtomicLong();

	private final RaceNode node;

	private final RaceSettings settings;

	private final Consumer<Event> history;

	private final Consumer<String> errors;

	/** Whether this is a process of its own, that may crash. */
	private final boolean mortal;

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean crashing;

	private volatile boolean stopped;

	RaceLoad(RaceNode node, RaceSettings settings, Consumer<Event> history, Consumer<String> errors, boolean mortal) {
		this.node = node;
		this.settings = settings;
		this.history = history;
		this.errors = errors;
		this.mortal = mortal;
	}

	RaceLoad start(long seed) {
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(seed + i);
			Thread thread = new Thread(() -> call(random), "race-load");
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
		return this;
	}

	/**
	 * Let the process end in the next write.
	 */
	void crash() {
		this.crashing = true;
	}

	@Override
	public void close() {
		this.stopped = true;
		for (Thread thread : this.threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void call(Random random) {
		while (!this.stopped) {
			int id = random.nextInt(TrackDatabase.KEYS);
			try {
				if (random.nextDouble() < WRITES && !isReader() && (!this.mortal || this.settings.fences())) {
					write(id, random);
				}
				else {
					read(id, random);
				}
			}
			catch (RuntimeException ex) {
				this.errors.accept(cause(ex));
			}
			LockSupport.parkNanos((long) (random.nextDouble() * THINK_TIME));
		}
	}

	/**
	 * Whether this node never writes where links break: it would hide that it has not
	 * heard of others.
	 */
	private boolean isReader() {
		return this.settings.faulty() && this.node.number() == READER;
	}

	private static String cause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return (failure.getClass().getSimpleName() + " by " + cause).lines().findFirst().orElseThrow();
	}

	private void read(int id, Random random) {
		TrackReader reader = this.node.get(TrackReader.class);
		// A transaction reads from Redis, and keeps what it finds there
		int way = isReader() ? 6 + random.nextInt(6) : random.nextInt(10);
		long begin = System.nanoTime();
		Track track = switch (way) {
			case 0, 10 -> reader.findLater(id).join();
			case 1, 11 -> reader.findLaterOnce(id).join();
			case 2 -> reader.findReadOnly(id);
			case 3 -> reader.findInTransaction(id);
			case 4, 5 -> reader.findUnless(id);
			case 6, 7 -> reader.find(id);
			default -> reader.findOnce(id);
		};
		this.history.accept(Event.of(Kind.READ, this.node.number(), track, begin, System.nanoTime()));
	}

	private void write(int id, Random random) {
		Write write = new Write(((long) this.node.number() << 40) + stamps.incrementAndGet(), end(random));
		long begin = System.nanoTime();
		try {
			Track track = write(id, write, random);
			this.history.accept(Event.of(Kind.ACKNOWLEDGED, this.node.number(), track, begin, System.nanoTime()));
		}
		catch (Write.RolledBackException | FenceFailureException ex) {
			Track track = new Track(id, -1, write.stamp());
			this.history.accept(Event.of(Kind.ROLLED_BACK, this.node.number(), track, begin, System.nanoTime()));
		}
	}

	private End end(Random random) {
		if (this.crashing) {
			return End.CRASH;
		}
		return (random.nextDouble() < ROLLBACKS) ? End.ROLLBACK : End.COMMIT;
	}

	private Track write(int id, Write write, Random random) {
		TrackWriter writer = this.node.get(TrackWriter.class);
		TrackEvictions evictions = this.node.get(TrackEvictions.class);
		int way = random.nextInt(20);
		if (this.settings.fences() && way < 8) {
			return (way < 5) ? writer.put(id, write) : writer.evictAndRead(id, write, (written, seen) -> this.history
				.accept(Event.of(Kind.OWN_READ, this.node.number(), seen, written.stamp(), System.nanoTime())));
		}
		// A process that dies, or loses Redis, in between leaves what no fence can know
		// of
		boolean outside = !this.mortal && !this.settings.faulty();
		return switch (way % 6) {
			case 0 -> writer.evictFirst(id, write);
			case 1 -> writer.evictBetween(id, write);
			case 2 -> outside ? evictions.evictAfter(id, write) : writer.evict(id, write);
			case 3 -> (way < 12) ? clear(id, write, outside && random.nextBoolean()) : writer.evict(id, write);
			default -> writer.evict(id, write);
		};
	}

	private Track clear(int id, Write write, boolean outside) {
		return outside ? this.node.get(TrackEvictions.class).clearAfter(id, write)
				: this.node.get(TrackWriter.class).clear(id, write);
	}

}
