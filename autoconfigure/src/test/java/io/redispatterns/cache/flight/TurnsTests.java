package io.redispatterns.cache.flight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Turns}.
 */
class TurnsTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger peak = new AtomicInteger();

	private final CountDownLatch three = new CountDownLatch(3);

	@Test
	void limitsTheLoadersOfManyThreads() {
		Turns turns = new Turns(3, LONG);
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			all.add((i % 2 != 0) ? inThread(() -> turns.run(turn(), this::load))
					: turns.runLater(turn(), () -> inThread(this::load)));
		}
		assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)))
			.succeedsWithin(Duration.ofSeconds(30));
		assertThat(this.peak).hasValue(3);
		assertThat(turns.waiting()).isZero();
	}

	@Test
	void limitsNothingAtZero() throws Exception {
		Turns turns = new Turns(0, LONG);
		CountDownLatch together = new CountDownLatch(20);
		List<CompletableFuture<Boolean>> all = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			all.add(inThread(() -> turns.run(turn(), () -> {
				together.countDown();
				return together.await(10, TimeUnit.SECONDS);
			})));
		}
		for (CompletableFuture<Boolean> each : all) {
			assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void givesTurnsInOrder() throws Exception {
		Turns turns = new Turns(1, LONG);
		CompletableFuture<String> first = new CompletableFuture<>();
		turns.runLater(turn(), () -> first);
		List<Integer> order = new CopyOnWriteArrayList<>();
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			int number = i;
			all.add((i % 2 != 0) ? inThread(() -> turns.run(turn(), () -> order.add(number)))
					: turns.runLater(turn(), () -> CompletableFuture.completedFuture(order.add(number))));
			await().until(() -> turns.waiting() == number + 1);
		}
		first.complete("done");
		CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get(10, TimeUnit.SECONDS);
		assertThat(order).isSorted().hasSize(20);
	}

	@Test
	void goesAheadWithoutATurnWhenItsPatienceEnds() {
		Turns turns = new Turns(1, Duration.ofMillis(50));
		CompletableFuture<String> endless = new CompletableFuture<>();
		turns.runLater(turn(), () -> endless);
		assertThat(turns.runLater(turn(), () -> CompletableFuture.completedFuture("ahead")))
			.succeedsWithin(Duration.ofSeconds(10))
			.isEqualTo("ahead");
		assertThat(turns.waiting()).isZero();
		CompletableFuture<String> behind = inThread(() -> turns.run(turn(), () -> "behind"));
		await().until(() -> turns.waiting() == 1);
		assertThat(behind).as("the turn was not given twice").isNotDone();
		endless.complete("done");
		assertThat(behind).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void goesAheadWhenHurried() throws Exception {
		Turns turns = new Turns(1, LONG);
		turns.runLater(turn(), CompletableFuture::new);
		CompletableFuture<Boolean> waiting = turn();
		CompletableFuture<String> hurried = inThread(() -> turns.run(waiting, () -> "hurried"));
		await().until(() -> turns.waiting() == 1);
		waiting.complete(false);
		assertThat(hurried.get(10, TimeUnit.SECONDS)).isEqualTo("hurried");
		CompletableFuture<Boolean> before = turn();
		before.complete(false);
		assertThat(turns.run(before, () -> "at once")).isEqualTo("at once");
	}

	@Test
	void givesTheTurnOfAnInterruptedWaitToTheNext() throws Exception {
		Turns turns = new Turns(1, LONG);
		CompletableFuture<String> first = new CompletableFuture<>();
		turns.runLater(turn(), () -> first);
		CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				turns.run(turn(), () -> "never");
			}
			catch (Exception ex) {
				interrupted.complete(Thread.currentThread().isInterrupted() ? ex : null);
			}
		});
		thread.start();
		await().until(() -> turns.waiting() == 1);
		thread.interrupt();
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
		CompletableFuture<String> next = inThread(() -> turns.run(turn(), () -> "next"));
		await().until(() -> turns.waiting() == 1);
		first.complete("done");
		assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("next");
	}

	@Test
	void givesTheTurnOfAFailedLoaderToTheNext() throws Exception {
		Turns turns = new Turns(1, LONG);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> turns.run(turn(), this::fail));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> turns.runLater(turn(), this::fail).get(10, TimeUnit.SECONDS));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> turns.runLater(turn(), () -> CompletableFuture.failedFuture(new IllegalStateException()))
				.get(10, TimeUnit.SECONDS));
		assertThat(turns.run(turn(), () -> "next")).isEqualTo("next");
	}

	@Test
	void knowsALoaderInsideALoader() throws Exception {
		Turns turns = new Turns(1, LONG);
		assertThat(Turns.isNested()).isFalse();
		assertThat(turns.run(turn(), Turns::isNested)).isTrue();
		assertThat(turns.runLater(turn(), () -> CompletableFuture.completedFuture(Turns.isNested()))
			.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(Turns.isNested()).isFalse();
	}

	private <T> CompletableFuture<T> fail() {
		throw new IllegalStateException("expected");
	}

	private int load() throws InterruptedException {
		this.peak.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		this.three.countDown();
		this.three.await(10, TimeUnit.SECONDS);
		LockSupport.parkNanos(1_000_000);
		return this.running.decrementAndGet();
	}

	private static CompletableFuture<Boolean> turn() {
		return new CompletableFuture<>();
	}

	private static <T> CompletableFuture<T> inThread(Callable<T> task) {
		CompletableFuture<T> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(task.call());
			}
			catch (Exception ex) {
				result.completeExceptionally(ex);
			}
		}).start();
		return result;
	}

}
