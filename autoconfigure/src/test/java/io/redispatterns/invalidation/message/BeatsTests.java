package io.redispatterns.invalidation.message;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.redispatterns.invalidation.message.Beats.Beat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Beats}.
 */
class BeatsTests {

	private static final Set<String> ONE = Set.of("");

	private static final Set<String> TWO = Set.of("a", "b");

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 150);

	private final Beats beats = new Beats(100, this.nanos::get);

	private final AtomicInteger flushes = new AtomicInteger();

	private void hear(String server, long number, long sentAgo, Set<String> servers) {
		this.beats.hear(server, new Beat(number, this.nanos.get() - sentAgo), servers, this.flushes::incrementAndGet);
	}

	@Test
	void doesNotTrustBeforeABeat() {
		assertThat(this.beats.hold()).isFalse();
	}

	@Test
	void trustsSoLongAfterTheBeatWasSent() {
		hear("", 1, 30, ONE);
		this.nanos.addAndGet(69);
		assertThat(this.beats.hold()).isTrue();
		this.nanos.incrementAndGet();
		assertThat(this.beats.hold()).isFalse();
	}

	@Test
	void trustsNothingByABeatThatTookTooLong() {
		hear("", 1, 100, ONE);
		assertThat(this.beats.hold()).isFalse();
	}

	/** A pause of the process looks like this: time goes on, and nothing else. */
	@Test
	void flushesWhenTrustComesBack() {
		hear("", 1, 0, ONE);
		hear("", 2, 0, ONE);
		assertThat(this.flushes).hasValue(1);
		this.nanos.addAndGet(1000);
		assertThat(this.beats.hold()).isFalse();
		hear("", 3, 0, ONE);
		assertThat(this.flushes).hasValue(2);
		assertThat(this.beats.hold()).isTrue();
	}

	@Test
	void flushesWhenABeatIsMissing() {
		hear("", 1, 0, ONE);
		hear("", 3, 0, ONE);
		assertThat(this.flushes).hasValue(2);
		assertThat(this.beats.hold()).isTrue();
	}

	@Test
	void ignoresABeatThatComesAgain() {
		hear("", 2, 0, ONE);
		this.nanos.addAndGet(99);
		hear("", 2, 0, ONE);
		hear("", 1, 0, ONE);
		this.nanos.incrementAndGet();
		assertThat(this.beats.hold()).isFalse();
	}

	/** Somebody else sends it: nobody may buy a trust that outlasts the connection. */
	@Test
	void trustsNothingByABeatThatWasNotSentYet() {
		hear("", 1, 0, ONE);
		hear("", 2, -1, ONE);
		hear("", 3, -1_000_000, ONE);
		this.nanos.addAndGet(100);
		assertThat(this.beats.hold()).isFalse();
	}

	@Test
	void trustsNoMoreThanTheServerThatWasHeardLeastLately() {
		hear("a", 1, 0, TWO);
		assertThat(this.beats.hold()).isFalse();
		hear("b", 1, 40, TWO);
		this.nanos.addAndGet(50);
		hear("a", 2, 0, TWO);
		this.nanos.addAndGet(9);
		assertThat(this.beats.hold()).isTrue();
		this.nanos.incrementAndGet();
		assertThat(this.beats.hold()).isFalse();
	}

	@Test
	void doesNotTrustANewServerBeforeItsBeat() {
		hear("a", 1, 0, Set.of("a"));
		this.nanos.addAndGet(60);
		hear("a", 2, 0, TWO);
		this.nanos.addAndGet(40);
		assertThat(this.beats.hold()).isFalse();
		hear("b", 3, 0, TWO);
		assertThat(this.beats.hold()).isTrue();
	}

	@Test
	void doesNotWaitForAServerThatIsGone() {
		hear("a", 1, 0, TWO);
		hear("b", 1, 0, TWO);
		this.nanos.addAndGet(90);
		hear("b", 2, 0, Set.of("b"));
		this.nanos.addAndGet(90);
		assertThat(this.beats.hold()).isTrue();
	}

	@Test
	void doesNotTrustAfterALoss() {
		hear("", 1, 0, ONE);
		this.beats.lose();
		assertThat(this.beats.hold()).isFalse();
		hear("", 2, 0, ONE);
		assertThat(this.flushes).hasValue(2);
	}

}
