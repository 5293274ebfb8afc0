package io.redispatterns.redis.resilience;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import javax.net.ssl.SSLException;

import io.redispatterns.redis.Availability;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class OutagesTests {

	private static final Instant BEGIN = Instant.parse("2026-02-01T12:00:00Z");

	private static final RedisFailureException TIMEOUT = new RedisFailureException(Kind.TIMEOUT, "No reply", null);

	private final AtomicLong nanos = new AtomicLong(-5);

	private final Outages availability = new Outages(() -> BEGIN, this.nanos::get);

	private final ExecutorService threads = Executors.newFixedThreadPool(100);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void logsBeginAndEndOnceUnderManyThreads(CapturedOutput output) {
		CountDownLatch allSawNoOutage = new CountDownLatch(100);
		CountDownLatch allSawTheOutage = new CountDownLatch(100);
		Outages raced = new Outages(() -> {
			meet(allSawNoOutage);
			return BEGIN;
		}, () -> {
			if (this.nanos.get() > 0) {
				meet(allSawTheOutage);
			}
			return this.nanos.get();
		});
		onAllThreads(() -> raced.failed(TIMEOUT));
		this.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1500));
		onAllThreads(raced::answered);
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("Redis does not answer"))
			.singleElement()
			.asString()
			.contains("WARN", "No reply");
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("Redis answers again"))
			.singleElement()
			.asString()
			.contains("INFO", "after 1500 ms");
	}

	@Test
	void isOneOutageWhenSomeCallsFailAndSomeAreAnswered(CapturedOutput output) {
		for (int i = 0; i < 10; i++) {
			this.availability.failed(TIMEOUT);
			this.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(900));
			this.availability.answered();
		}
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("Redis does not answer")).hasSize(1);
		assertThat(output).doesNotContain("Redis answers again");
	}

	@Test
	void tellsSinceWhenAndWhy() {
		assertThat(this.availability.outage()).isNull();
		this.availability.failed(TIMEOUT);
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
		this.availability.failed(new RedisFailureException(Kind.AWAY, "Another reason", null));
		assertThat(this.availability.outage()).isEqualTo(new Availability.Outage(BEGIN, "No reply"));
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
		this.availability.answered();
		assertThat(this.availability.outage()).isNull();
	}

	@Test
	void tellsOnceMoreThatSomebodyHasToRemoveTheReason(CapturedOutput output) {
		this.availability.failed(TIMEOUT);
		for (int i = 0; i < 3; i++) {
			this.availability.doubted(new Failures((ex) -> false).unsent(new SSLException("bad certificate")));
		}
		assertThat(this.availability.outage()).extracting(Availability.Outage::reason)
			.asString()
			.contains("'spring.data.redis.ssl.bundle'", "bad certificate");
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("bad certificate")).hasSize(1);
	}

	@Test
	void isNotAwayBeforeItsFirstAnswerUnlessCommandsAreNotSent() {
		Outages begun = new Outages(() -> BEGIN, this.nanos::get);
		begun.timedOut(TIMEOUT);
		assertThat(begun.outage()).isNull();
		begun.failed(new RedisFailureException(Kind.AWAY, "Not sent", null));
		assertThat(begun.outage()).isNotNull();
		this.availability.answered();
		this.availability.timedOut(TIMEOUT);
		assertThat(this.availability.outage()).isNotNull();
	}

	@Test
	void isNotAwayWhenACommandIsRefused() {
		this.availability.failed(new RedisFailureException(Kind.REFUSED, "OOM", null));
		assertThat(this.availability.outage()).isNull();
	}

	private void onAllThreads(Runnable call) {
		CompletableFuture
			.allOf(IntStream.range(0, 100)
				.mapToObj((i) -> CompletableFuture.runAsync(call, this.threads))
				.toArray(CompletableFuture<?>[]::new))
			.join();
	}

	private static void meet(CountDownLatch all) {
		all.countDown();
		try {
			assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
