package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTests {

	private static final long FAST = 0;

	private static final long SLOW = Duration.ofMillis(100).toNanos();

	private long now = -7;

	private final Breaker breaker = new Breaker(Settings.DEFAULTS, this.now);

	@Test
	void opensAfterFiveTimeouts() {
		for (int i = 0; i < 4; i++) {
			this.breaker.failed(this.now);
			assertThat(this.breaker.isOpen()).isFalse();
		}
		this.breaker.failed(this.now);
		assertThat(this.breaker.isOpen()).isTrue();
	}

	@Test
	void opensAfterFiveSlowRepliesApartFromEachOther() {
		for (int i = 0; i < 5; i++) {
			assertThat(this.breaker.isOpen()).isFalse();
			this.breaker.answered(SLOW, this.now);
			pass(50);
		}
		assertThat(this.breaker.isOpen()).isTrue();
	}

	@Test
	void takesManySlowRepliesAtOnceForOne() {
		for (int i = 0; i < 1000; i++) {
			this.breaker.answered(SLOW, this.now);
		}
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void staysClosedWhileGoodRepliesAreMoreThanBad() {
		for (int i = 0; i < 1000; i++) {
			this.breaker.failed(this.now);
			this.breaker.answered(FAST, this.now);
		}
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void opensAtOnceWhenTheServerServesNobody() {
		this.breaker.trip(this.now);
		assertThat(this.breaker.isOpen()).isTrue();
	}

	@Test
	void closesWithOneGoodProbe() {
		this.breaker.trip(this.now);
		this.breaker.probed(SLOW, this.now);
		assertThat(this.breaker.isOpen()).isTrue();
		this.breaker.answered(FAST, this.now);
		assertThat(this.breaker.isOpen()).isTrue();
		this.breaker.probed(FAST, this.now);
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void beginsAnewWhenItHasClosed() {
		this.breaker.trip(this.now);
		this.breaker.probed(FAST, this.now);
		for (int i = 0; i < 4; i++) {
			this.breaker.failed(this.now);
		}
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void wantsManyGoodProbesWhenTheServerFailsAgainSoon() {
		this.breaker.trip(this.now);
		this.breaker.probed(FAST, this.now);
		pass(9_999);
		this.breaker.trip(this.now);
		for (int i = 0; i < 19; i++) {
			this.breaker.probed(FAST, this.now);
		}
		assertThat(this.breaker.isOpen()).isTrue();
		this.breaker.probed(FAST, this.now);
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void countsFromTheStartAgainWhenAProbeBetweenIsSlow() {
		this.breaker.trip(this.now);
		this.breaker.probed(FAST, this.now);
		this.breaker.trip(this.now);
		for (int i = 0; i < 19; i++) {
			this.breaker.probed(FAST, this.now);
		}
		this.breaker.probed(SLOW, this.now);
		for (int i = 0; i < 19; i++) {
			this.breaker.probed(FAST, this.now);
		}
		assertThat(this.breaker.isOpen()).isTrue();
	}

	@Test
	void forgetsAnOutageThatIsLongAgo() {
		this.breaker.trip(this.now);
		this.breaker.probed(FAST, this.now);
		pass(10_000);
		this.breaker.trip(this.now);
		this.breaker.probed(FAST, this.now);
		assertThat(this.breaker.isOpen()).isFalse();
	}

	private void pass(long millis) {
		this.now += TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
