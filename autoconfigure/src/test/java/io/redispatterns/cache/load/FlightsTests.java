package io.redispatterns.cache.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Flights}.
 */
class FlightsTests {

	private static final byte[] KEY = { 1 };

	private static final byte[] OTHER = { 2 };

	private final Flights flights = new Flights();

	@Test
	void hasOneFlightForEachKey() {
		Flight first = board(KEY);
		assertThat(board(KEY.clone())).isSameAs(first);
		assertThat(board(OTHER)).isNotSameAs(first);
	}

	@Test
	void landsForEverybodyAndOpensTheNext() {
		Flight first = board(KEY);
		first.land("value");
		assertThat(first.value()).isCompletedWithValue("value");
		assertThat(board(KEY)).isNotSameAs(first);
	}

	@Test
	void servesThoseAboardAndStaysOpen() {
		Flight first = board(KEY);
		first.serve("value");
		assertThat(first.value()).isCompletedWithValue("value");
		assertThat(first.isCurrent()).isTrue();
		assertThat(board(KEY)).isSameAs(first);
		first.crash(new IllegalStateException("expected"));
		assertThat(first.value()).isCompletedWithValue("value");
		assertThat(board(KEY)).isNotSameAs(first);
	}

	@Test
	void hurriesTheFlightThatSomebodyInAHurryMeets() {
		Flight first = board(KEY);
		board(KEY);
		assertThat(first.turn()).isNotDone();
		Flight nested = this.flights.prepare(KEY, null, 0);
		nested.hurry(true);
		assertThat(this.flights.board(nested)).isSameAs(first);
		assertThat(first.turn()).isCompletedWithValue(false);
	}

	@Test
	void crashesForEverybodyAndOpensTheNext() {
		Flight first = board(KEY);
		IllegalStateException failure = new IllegalStateException("expected");
		first.crash(failure);
		assertThat(first.value()).isCompletedExceptionally();
		assertThat(board(KEY)).isNotSameAs(first);
	}

	@Test
	void tellsThatAFlightHasLandedSinceAMiss() {
		Flight next = this.flights.prepare(KEY, null, this.flights.landings(KEY));
		Flight flight = board(KEY);
		assertThat(next.isLate()).isFalse();
		flight.land("value");
		assertThat(next.isLate()).isTrue();
	}

	@Test
	void isNotCurrentAfterAWriteOfItsKey() {
		Flight flight = board(KEY);
		this.flights.forget(OTHER);
		assertThat(flight.isCurrent()).isTrue();
		this.flights.forget(KEY);
		assertThat(flight.isCurrent()).isFalse();
		Flight next = board(KEY);
		assertThat(next).isNotSameAs(flight);
		flight.land("late");
		assertThat(board(KEY)).as("still open").isSameAs(next);
		this.flights.forgetAll();
		assertThat(next.isCurrent()).isFalse();
	}

	@Test
	void isNotCurrentAfterAWriteThoughNobodyCouldBoard() {
		Flight first = this.flights.prepare(KEY, null, 0);
		assertThat(first.isCurrent()).isTrue();
		this.flights.forget(KEY);
		assertThat(first.isCurrent()).isFalse();
		Flight second = this.flights.prepare(KEY, null, 0);
		this.flights.forgetAll();
		assertThat(second.isCurrent()).isFalse();
	}

	@Test
	void doesNotJoinItsOwnFlight() {
		Flight flight = this.flights.board(this.flights.prepare(KEY, Thread.currentThread(), 0));
		assertThat(this.flights.join(flight)).isFalse();
		this.flights.leave();
	}

	@Test
	void joinsTheFlightOfAnother() {
		Flight flight = this.flights.board(this.flights.prepare(KEY, new Thread("pilot"), 0));
		assertThat(this.flights.join(flight)).isTrue();
		this.flights.leave();
		assertThat(this.flights.join(board(OTHER))).as("a flight without a single pilot").isTrue();
		this.flights.leave();
	}

	@Test
	void doesNotWaitForAPilotThatWaitsForIt() {
		Flights others = new Flights();
		CountDownLatch boarded = new CountDownLatch(2);
		CompletableFuture<?> one = CompletableFuture.runAsync(() -> cross(this.flights, others, boarded),
				(task) -> new Thread(task).start());
		CompletableFuture<?> two = CompletableFuture.runAsync(() -> cross(others, this.flights, boarded),
				(task) -> new Thread(task).start());
		assertThat(CompletableFuture.allOf(one, two)).succeedsWithin(Duration.ofSeconds(10));
	}

	private static void cross(Flights own, Flights others, CountDownLatch boarded) {
		Flight mine = own.board(own.prepare(KEY, Thread.currentThread(), 0));
		boarded.countDown();
		try {
			boarded.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		Flight theirs = others.board(others.prepare(KEY, Thread.currentThread(), 0));
		try {
			if (others.join(theirs)) {
				theirs.value().join();
			}
		}
		finally {
			others.leave();
		}
		mine.land("value");
	}

	private Flight board(byte[] key) {
		return this.flights.board(this.flights.prepare(key, null, 0));
	}

}
