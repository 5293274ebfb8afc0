package io.redispatterns.races;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.redispatterns.races.Event.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Made-up histories of one key: version 1 was written by stamp 11 at 100 and acknowledged
 * at 110, version 2 by stamp 12 at 200 and 210.
 */
class RaceCheckerTests {

	private final List<Event> events = new ArrayList<>();

	RaceCheckerTests() {
		add(Kind.WRITTEN, 1, 11, 100, 100);
		add(Kind.ACKNOWLEDGED, 1, 11, 90, 110);
		add(Kind.WRITTEN, 2, 12, 200, 200);
		add(Kind.ACKNOWLEDGED, 2, 12, 190, 210);
	}

	@Test
	void findsNothingInAGoodHistory() {
		add(Kind.READ, 0, 0, 105, 400);
		add(Kind.READ, 1, 11, 90, 101);
		add(Kind.READ, 1, 11, 209, 300);
		add(Kind.READ, 2, 12, 300, 310);
		add(Kind.OWN_READ, 2, 12, 12, 199);
		add(Kind.LAST, 2, 12, 0, 0);
		add(Kind.LAST_READ, 2, 12, 500, 510);
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsAReadOfWhatWasOverwritten() {
		add(Kind.READ, 1, 11, 211, 300);
		assertThat(violations()).singleElement().asString().startsWith("stale: ");
	}

	@Test
	void bearsAReadOfWhatWasOverwrittenWithinABound() {
		add(Kind.READ, 1, 11, 220, 300);
		assertThat(RaceChecker.violations(this.events, Duration.ofNanos(10))).isEmpty();
		add(Kind.READ, 1, 11, 221, 300);
		assertThat(RaceChecker.violations(this.events, Duration.ofNanos(10))).hasSize(1);
	}

	@Test
	void findsAReadOfWhatWasOverwrittenTwice() {
		add(Kind.READ, 0, 0, 111, 300);
		add(Kind.READ, 0, 0, 211, 300);
		assertThat(violations()).hasSize(2).allMatch((violation) -> violation.startsWith("stale: "));
	}

	@Test
	void acknowledgementsMayComeInAnotherOrderThanCommits() {
		add(Kind.WRITTEN, 3, 13, 210, 210);
		add(Kind.WRITTEN, 4, 14, 220, 220);
		add(Kind.ACKNOWLEDGED, 4, 14, 200, 230);
		add(Kind.ACKNOWLEDGED, 3, 13, 200, 240);
		add(Kind.READ, 3, 13, 250, 260);
		assertThat(violations()).singleElement().asString().contains("version=4");
	}

	@Test
	void doesNotKnowWhetherAnUnansweredWriteHappened() {
		add(Kind.WRITTEN, 3, 13, 220, 220);
		add(Kind.READ, 3, 13, 230, 240);
		add(Kind.READ, 2, 12, 250, 260);
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsAReadOfWhatWasRolledBack() {
		add(Kind.WRITTEN, 3, 13, 220, 220);
		add(Kind.ROLLED_BACK, -1, 13, 215, 225);
		add(Kind.READ, 3, 13, 230, 240);
		assertThat(violations()).singleElement().asString().startsWith("rolled back: ");
	}

	@Test
	void findsAReadOfWhatWasNotCommittedYet() {
		add(Kind.READ, 2, 12, 150, 199);
		assertThat(violations()).singleElement().asString().startsWith("uncommitted: ");
	}

	@Test
	void findsAReadOfWhatWasNeverWritten() {
		add(Kind.READ, 2, 99, 220, 230);
		assertThat(violations()).singleElement().asString().startsWith("unknown: ");
	}

	@Test
	void findsAnOwnReadOfAnotherWrite() {
		add(Kind.OWN_READ, 1, 11, 12, 199);
		assertThat(violations()).singleElement().asString().startsWith("own: ");
	}

	@Test
	void findsANodeThatDoesNotAgreeAtTheEnd() {
		add(Kind.LAST, 3, 13, 0, 0);
		add(Kind.LAST_READ, 2, 12, 500, 510);
		add(Kind.LAST_READ, 3, 13, 500, 510);
		assertThat(violations()).singleElement().asString().startsWith("stuck: ");
	}

	@Test
	void countsKindsAndKeepsOneOfEach() {
		add(Kind.READ, 0, 0, 111, 300);
		add(Kind.READ, 0, 0, 211, 300);
		assertThat(RaceChecker.summary(violations())).containsOnlyKeys("stale")
			.extractingByKey("stale")
			.asString()
			.startsWith("2 times, as stale: ");
	}

	@Test
	void eventsSurviveTheWayBetweenProcesses() {
		Event event = new Event(Kind.READ, 1, 2, 3, 4, 5, 6);
		assertThat(Event.parse(event.line())).isEqualTo(event);
	}

	private void add(Kind kind, long version, long stamp, long begin, long end) {
		this.events.add(new Event(kind, 0, 0, version, stamp, begin, end));
	}

	private List<String> violations() {
		return RaceChecker.violations(this.events, Duration.ZERO);
	}

}
