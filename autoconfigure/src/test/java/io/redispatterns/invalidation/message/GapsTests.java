package io.redispatterns.invalidation.message;

import java.util.ArrayList;
import java.util.List;

import io.redispatterns.invalidation.message.Rounds.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rounds} of one node and the {@link Gaps} of another.
 */
class GapsTests {

	private static final byte[] KEY = { 1 };

	private final Rounds rounds = new Rounds(1);

	private final Gaps gaps = new Gaps();

	private final List<Place> open = new ArrayList<>();

	private Place send(boolean arrives) {
		Place place = this.rounds.next();
		this.open.add(place);
		if (arrives) {
			this.gaps.count(new InvalidationMessage((byte) 'e', 5, place.sequence(), 0, "cache", KEY));
		}
		return place;
	}

	private void acknowledgeAll() {
		this.open.forEach((place) -> place.settle(true));
		this.open.clear();
	}

	private int gapsWithin(int beats) {
		int found = 0;
		for (int i = 0; i < beats; i++) {
			byte[] counts = this.rounds.end();
			found += (counts.length > 0
					&& this.gaps.isGap(new InvalidationMessage(InvalidationMessage.COUNT, 5, 0, 0, "", counts))) ? 1
							: 0;
		}
		return found;
	}

	@Test
	void messagesThatCameAreNoGap() {
		for (int i = 0; i < 100; i++) {
			send(true);
			acknowledgeAll();
			assertThat(gapsWithin(1)).isZero();
		}
		assertThat(gapsWithin(20)).isZero();
	}

	@Test
	void messageThatDidNotComeIsOneGap() {
		send(true);
		send(false);
		send(true);
		acknowledgeAll();
		assertThat(gapsWithin(20)).isOne();
	}

	@Test
	void onlyMessageOfANodeThatDidNotComeIsAGap() {
		send(false);
		acknowledgeAll();
		assertThat(gapsWithin(5)).isOne();
	}

	@Test
	void messageThatWasNotSentIsNoGap() {
		send(false).settle(false);
		this.open.clear();
		assertThat(gapsWithin(20)).isZero();
	}

	@Test
	void roundIsNotToldBeforeItsFateIsKnown() {
		send(true);
		send(false);
		assertThat(gapsWithin(10)).isZero();
		acknowledgeAll();
		assertThat(gapsWithin(10)).isOne();
	}

	@Test
	void roundsThatEndOutOfOrderAreJudgedEach() {
		Place late = send(true);
		this.open.clear();
		assertThat(gapsWithin(1)).isZero();
		send(false);
		acknowledgeAll();
		assertThat(gapsWithin(5)).isOne();
		send(false);
		late.settle(true);
		assertThat(gapsWithin(5)).isZero();
	}

	@Test
	void roundThatEndsLateIsJudgedToo() {
		Place late = send(false);
		this.open.clear();
		assertThat(gapsWithin(1)).isZero();
		send(true);
		acknowledgeAll();
		assertThat(gapsWithin(5)).isZero();
		late.settle(true);
		assertThat(gapsWithin(5)).isOne();
	}

	@Test
	void messageThatIsLateIsNoGap() {
		Place place = send(false);
		acknowledgeAll();
		assertThat(gapsWithin(2)).isZero();
		this.gaps.count(new InvalidationMessage((byte) 'e', 5, place.sequence(), 0, "cache", KEY));
		assertThat(gapsWithin(20)).isZero();
	}

	@Test
	void nothingIsToldOfAQuietNode() {
		assertThat(this.rounds.end()).isEmpty();
		send(true);
		acknowledgeAll();
		gapsWithin(20);
		assertThat(this.rounds.end()).isEmpty();
	}

}
