package io.redispatterns.cache.flight;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.lease.Miss;
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
		first.land("value", true);
		assertThat(first.landing(Miss.ABSENT)).isCompletedWithValue(new Landing("value", true));
		assertThat(board(KEY)).isNotSameAs(first);
	}

	@Test
	void servesThoseWhoHaveWaitedForRedisAndStaysOpen() {
		Flight first = board(KEY);
		first.serve("value");
		assertThat(first.landing(Miss.UNKNOWN)).isCompletedWithValue(new Landing("value", true));
		assertThat(first.landing(Miss.ABSENT)).isNotDone();
		assertThat(first.isCurrent()).isTrue();
		assertThat(board(KEY)).isSameAs(first);
		first.crash(new IllegalStateException("expected"));
		assertThat(first.landing(Miss.UNKNOWN)).isCompletedWithValue(new Landing("value", true));
		assertThat(first.landing(Miss.ABSENT)).isCompletedExceptionally();
		assertThat(board(KEY)).isNotSameAs(first);
	}

	@Test
	void letsBoardBehindClosedDoorsAndTellsSo() {
		Flight first = board(KEY);
		assertThat(first.isClosed()).isFalse();
		first.closeDoors();
		assertThat(board(KEY)).isSameAs(first);
		assertThat(first.isClosed()).isTrue();
	}

	@Test
	void hurriesTheFlightThatSomebodyInAHurryMeets() {
		Flight first = board(KEY);
		board(KEY);
		assertThat(first.turn()).isNotDone();
		Flight nested = this.flights.prepare(KEY, null);
		nested.hurry(true);
		assertThat(this.flights.board(nested)).isSameAs(first);
		assertThat(first.turn()).isCompletedWithValue(false);
	}

	@Test
	void crashesForEverybodyAndOpensTheNext() {
		Flight first = board(KEY);
		IllegalStateException failure = new IllegalStateException("expected");
		first.crash(failure);
		assertThat(first.landing(Miss.ABSENT)).isCompletedExceptionally();
		assertThat(board(KEY)).isNotSameAs(first);
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
		flight.land("late", true);
		assertThat(board(KEY)).as("still open").isSameAs(next);
		this.flights.forgetAll();
		assertThat(next.isCurrent()).isFalse();
	}

	@Test
	void isNotCurrentAfterAWriteThoughNobodyCouldBoard() {
		Flight first = this.flights.prepare(KEY, null);
		assertThat(first.isCurrent()).isTrue();
		this.flights.forget(KEY);
		assertThat(first.isCurrent()).isFalse();
		Flight second = this.flights.prepare(KEY, null);
		this.flights.forgetAll();
		assertThat(second.isCurrent()).isFalse();
	}

	@Test
	void doesNotJoinItsOwnFlight() {
		Flight flight = this.flights.board(this.flights.prepare(KEY, Thread.currentThread()));
		assertThat(this.flights.join(flight)).isFalse();
		this.flights.leave();
	}

	@Test
	void joinsTheFlightOfAnother() {
		Flight flight = this.flights.board(this.flights.prepare(KEY, new Thread("pilot")));
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
		Flight mine = own.board(own.prepare(KEY, Thread.currentThread()));
		boarded.countDown();
		try {
			boarded.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		Flight theirs = others.board(others.prepare(KEY, Thread.currentThread()));
		try {
			if (others.join(theirs)) {
				theirs.landing(Miss.ABSENT).join();
			}
		}
		finally {
			others.leave();
		}
		mine.land("value", true);
	}

	private Flight board(byte[] key) {
		return this.flights.board(this.flights.prepare(key, null));
	}

}
