package io.redispatterns.races;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.redispatterns.races.Event.Kind;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;

/**
 * Nodes of an application, some in this process and one in a process of its own that is
 * paused and killed, under a load of reads and writes; then a last look at every track on
 * every node when all is quiet.
 */
final class RaceRun {

	private static final int NODES = 2;

	/** The link of the process of its own, whichever it is. */
	private static final int CHILD = 0;

	/** A freeze, a kill and a crash are in every run. */
	private static final int LEAST = 3;

	private static final String NEAR_HITS = "redis.cache.near.hits";

	private static final Duration LEASE = Duration.ofSeconds(3);

	/** For how long what is near may be old, on one server: its longest silence. */
	static final Duration NEAR = Duration.ofSeconds(2);

	/** What its bus can lose is noticed so much later. */
	static final Duration NEAR_ON_A_CLUSTER = NEAR.plusMillis(1_250);

	/**
	 * For how long what is near may be old while links break: a silence that is short.
	 */
	static final Duration FAULTY = Duration.ofSeconds(1);

	private final RaceHistory history = new RaceHistory();

	private final RaceLinks links;

	private final RaceSettings settings;

	private final Random random;

	private int nodes;

	private RaceRun(RaceSettings settings, RaceLinks links, Random random) {
		this.settings = settings;
		this.links = links;
		this.random = random;
	}

	/**
	 * Let nodes race.
	 * @param fork whether one of them is a process of its own
	 */
	static RaceHistory run(RedisTopology redis, Duration time, boolean fork, long seed, RaceSettings settings) {
		Random random = new Random(seed);
		boolean faulty = settings.faulty() && redis instanceof StandaloneRedis;
		try (TrackDatabase database = new TrackDatabase();
				RaceLinks links = faulty ? new RaceLinks((StandaloneRedis) redis, random) : new RaceLinks(redis)) {
			return new RaceRun(settings.at(List.of(), database.url()), links, random).run(time, fork);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private RaceHistory run(Duration time, boolean fork) {
		RaceChild child = fork ? fork() : null;
		List<RaceNode> here = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			here.add(new RaceNode(this.nodes, settings(this.nodes++), this.random.nextLong(), this.history));
		}
		if (child != null) {
			begin(child);
		}
		List<RaceLoad> loads = here.stream()
			.map((node) -> new RaceLoad(node, this.settings, this.history, this.history::error, false)
				.start(this.random.nextLong()))
			.toList();
		long end = System.nanoTime() + time.toNanos();
		if (child != null) {
			child = race(child, end, here.get(0));
		}
		else {
			Pauses.pause(time.toNanos());
		}
		loads.forEach(RaceLoad::close);
		if (child != null) {
			child.tell("stop");
		}
		if (this.settings.near()) {
			Pauses.pause(NEAR_ON_A_CLUSTER.toNanos());
		}
		look(here, child);
		here.forEach((node) -> this.history.near(node.count(NEAR_HITS)));
		here.forEach(RaceNode::close);
		return this.history;
	}

	/**
	 * Hurt the process until the end.
	 * @return the process that then runs
	 */
	private RaceChild race(RaceChild first, long end, RaceNode reader) {
		RaceChild child = first;
		int faults = this.links.faults();
		int least = (faults > 0 && !this.settings.patient()) ? 1 : LEAST;
		for (int step = 0; System.nanoTime() < end || step < least + faults; step++) {
			Pauses.pause((faults > 0) ? millis(100, 400) : millis(200, 1_000));
			if (faults > 0 && step >= least && (step < least + faults || this.random.nextBoolean())) {
				awaitNear(reader);
				this.history.fault(this.links.strike(this.settings.namespace()));
			}
			else {
				child = hurt(child, (step < least) ? step : this.random.nextInt(2 * LEAST));
			}
		}
		return child;
	}

	/**
	 * What does not serve from near cannot serve what is old.
	 */
	private static void awaitNear(RaceNode reader) {
		long end = System.nanoTime() + LEASE.toNanos();
		long before = reader.count(NEAR_HITS);
		while (reader.count(NEAR_HITS) - before < TrackDatabase.KEYS && System.nanoTime() < end) {
			Pauses.pause(Duration.ofMillis(20).toNanos());
		}
	}

	private RaceChild hurt(RaceChild child, int choice) {
		if (choice == 1) {
			child.kill();
			return replace(child);
		}
		if (choice == 2 && this.settings.fences()) {
			child.crash();
			return replace(child);
		}
		child.freeze();
		boolean longer = this.settings.patient() && this.random.nextInt(6) == 0;
		Pauses.pause(millis(20, 800) + (longer ? LEASE.toNanos() : 0));
		child.thaw();
		return child;
	}

	private RaceSettings settings(int link) {
		return this.settings.at(this.links.of(link), this.settings.database());
	}

	private RaceChild fork() {
		return new RaceChild(this.nodes++, this.random.nextLong(), settings(CHILD), this.history);
	}

	private RaceChild replace(RaceChild child) {
		child.close();
		return begin(fork());
	}

	private static RaceChild begin(RaceChild child) {
		if (!child.await() || !child.tell("start")) {
			throw new IllegalStateException("A process did not start");
		}
		return child;
	}

	private long millis(int least, int most) {
		return Duration.ofMillis(least + this.random.nextInt(most - least)).toNanos();
	}

	private void look(List<RaceNode> here, RaceChild child) {
		for (int id = 0; id < TrackDatabase.KEYS; id++) {
			this.history.accept(Event.of(Kind.LAST, -1, here.get(0).get(TrackTable.class).read(id), 0, 0));
		}
		// The second look is at what the first has filled
		for (int i = 0; i < 2; i++) {
			here.forEach(RaceNode::look);
			if (child != null && !child.tell("look")) {
				throw new IllegalStateException("A process ended while all was quiet");
			}
		}
		if (child != null) {
			child.close();
		}
	}

	/**
	 * What is wrong with a run, counted and with an example of each kind.
	 */
	static Map<String, String> judge(String name, long seed, RaceHistory history, Duration bound) {
		Map<String, String> violations = RaceChecker.summary(RaceChecker.violations(history.events(), bound));
		System.out.printf("%s, seed %d: %s; %s%n", name, seed, history, violations);
		if (!violations.isEmpty()) {
			history.faults().forEach(System.out::println);
		}
		return violations;
	}

}
