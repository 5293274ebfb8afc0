package io.redispatterns.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Made-up histories: a fault at one second, a heal at three, hits back after 400 ms.
 */
class LimitsTests {

	private static final long MILLI = 1_000_000;

	private static final int READS = 50;

	private final History history = new History(Duration.ofSeconds(6), 2);

	@Test
	void findsNothingInAGoodHistory() {
		assertThat(violations(Limits.OUTAGE.hits(0).overdue().heap(1), 3_400)).isEmpty();
	}

	@Test
	void findsErrorsAndTheirCauses() {
		assertThat(violations((history) -> {
			history.at(millis(500)).errors.incrementAndGet();
			history.cause("made up");
		})).containsExactly("1 errors [made up]");
	}

	@Test
	void findsACallThatTookTooLong() {
		assertThat(violations((history) -> history.at(millis(1_500)).call(millis(302))))
			.containsExactly("worst call 302.0 ms > 300.0 ms");
	}

	@Test
	void excusesACallByAHiccup() {
		assertThat(violations((history) -> {
			history.at(millis(1_500)).call(millis(302));
			history.at(millis(1_600)).hiccup.set(millis(5));
		})).isEmpty();
	}

	@Test
	void findsThatTooManyCallsPaidTheTimeout() {
		this.history.at(millis(1_500)).call(millis(250));
		this.history.at(millis(1_500)).call(millis(249));
		assertThat(violations(Limits.OUTAGE.timeouts(0), 3_400)).containsExactly("1 calls of 250 ms or more > 0");
	}

	@Test
	void findsALateRecovery() {
		assertThat(violations(Limits.OUTAGE, 4_050)).hasSize(1).first().asString().startsWith("recovery 1");
	}

	@Test
	void findsThatHitsNeverCameBack() {
		assertThat(violations(Limits.OUTAGE, 7_000)).containsExactly("recovery never > 1000.0 ms",
				"only 0 % of the hits afterwards");
	}

	@Test
	void judgesNoRecoveryByWhatComesAfterTheTail() {
		this.history.end(millis(6_000));
		this.history.sample(millis(6_500), 1_000_000, 0);
		assertThat(violations(Limits.OUTAGE, 3_400)).isEmpty();
	}

	@Test
	void findsALateRecoverySinceTheFault() {
		assertThat(violations(Limits.NONE.recoverySinceFault(Duration.ofSeconds(2)), 3_400)).hasSize(1);
		assertThat(violations(Limits.NONE.recoverySinceFault(Duration.ofSeconds(3)), 3_400)).isEmpty();
	}

	@Test
	void findsAStaleReadAfterTheRecovery() {
		assertThat(violations((history) -> history.at(millis(4_200)).lag(MILLI)))
			.containsExactly("1 stale, 0 of them stuck");
	}

	@Test
	void allowsAStaleReadBeforeTheRecovery() {
		assertThat(violations((history) -> history.at(millis(3_800)).lag(MILLI))).isEmpty();
	}

	@Test
	void findsStuckKeys() {
		assertThat(violations((history) -> history.stuck(2))).containsExactly("2 stale, 2 of them stuck");
	}

	@Test
	void findsASecondLoadOfAKeyOnANode() {
		assertThat(violations((history) -> {
			history.load(1, Database.KEYS - 1, millis(1_500));
			history.load(1, Database.KEYS - 1, millis(2_300));
		})).containsExactly("2 loads of a key on a node in a second");
	}

	@Test
	void allowsALoadOnEachNodeInEachSecond() {
		assertThat(violations((history) -> {
			history.load(0, Database.KEYS - 1, millis(1_500));
			history.load(1, Database.KEYS - 1, millis(1_500));
			history.load(1, Database.KEYS - 1, millis(2_500));
		})).isEmpty();
	}

	@Test
	void findsAnOpenBreakerThatCosts() {
		assertThat(violations((history) -> history.at(millis(2_500)).added.add(2 * MILLI)))
			.containsExactly("added p95 2.2 ms > 1.0 ms");
	}

	@Test
	void findsAHerd() {
		this.history.load(0, 1, millis(1_100));
		this.history.load(0, 2, millis(1_200));
		assertThat(violations(Limits.NONE.firstLoads(1), 3_400)).containsExactly("2 loads in the first second");
	}

	@Test
	void findsWhatTheOtherNumbersForbid() {
		this.history.at(millis(2_000)).call(millis(102));
		this.history.at(millis(2_100)).hiccup(millis(1));
		this.history.at(millis(2_000)).lag(millis(2_001));
		this.history.heapGrowth(2_048);
		this.history.open();
		Limits limits = Limits.NONE.p99(Duration.ofMillis(99))
			.undisturbed(1.1)
			.hits(0.5)
			.overdue()
			.fresh()
			.opens(0)
			.heap(2_047)
			.exactly("puts", 1, 2);
		assertThat(violations(limits, 3_400)).containsExactlyInAnyOrder("p99 101.0 ms > 99.0 ms",
				"p99 100.8 ms > 0.2 ms", "only 0 % of the hits meanwhile", "breakers opened 1 times",
				"1 reads overwritten more than 2 s before", "1 reads were stale", "2 KiB more heap", "puts: 2 of 1");
	}

	@Test
	void knowsWhenAReadWasOverwritten() {
		Database database = new Database();
		Item old = database.read(1);
		int version = database.write(1);
		assertThat(database.lag(old, 100)).as("not acknowledged").isNegative();
		database.acknowledge(1, version, 100);
		database.acknowledge(1, database.write(1), 200);
		assertThat(database.lag(old, 250)).as("since the first").isEqualTo(150);
		assertThat(database.lag(database.read(1), 250)).as("the newest").isNegative();
	}

	private List<String> violations(Consumer<History> event) {
		event.accept(this.history);
		return violations(Limits.OUTAGE, 3_400);
	}

	private List<String> violations(Limits limits, long backMillis) {
		this.history.fault(millis(1_000));
		this.history.heal(millis(3_000));
		long hits = 0;
		long reads = 0;
		for (long at = 0; at < 6_000; at += 50) {
			hits += (at < 1_000 || at >= backMillis) ? READS : 0;
			reads += READS;
			this.history.sample(millis(at), reads, hits);
		}
		return limits.violations(Figures.of(this.history));
	}

	private static long millis(long millis) {
		return millis * MILLI;
	}

}
