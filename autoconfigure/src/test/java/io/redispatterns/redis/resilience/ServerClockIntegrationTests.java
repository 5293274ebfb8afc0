package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.ServerClock;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerClockIntegrationTests {

	@Redis
	static StandaloneRedis server;

	private static Kernel kernel;

	private final AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ofHours(1));

	private final InstantSource local = () -> Instant.now().plus(this.wrong.get());

	@BeforeAll
	static void start() {
		kernel = Kernel.start(server.springProperties(), "lettuce", "redis.resilience.command-timeout=10s");
	}

	@AfterAll
	static void stop() {
		kernel.close();
	}

	@Test
	void isRightWithinARoundTripThoughTheLocalClockIsAnHourOff() {
		ServerClock clock = new ServerClock(kernel.redis(), this.local);
		kernel.redis().await(kernel.redis().time());
		long begun = System.nanoTime();
		clock.synchronize();
		Duration roundTrip = Duration.ofNanos(System.nanoTime() - begun);
		Instant before = Instant.now();
		Instant told = clock.instant();
		Instant after = Instant.now();
		// The server runs on the clock of this machine, and tells microseconds
		Duration error = roundTrip.plusMillis(1);
		assertThat(told).isBetween(before.minus(error), after.plus(error));
	}

	@Test
	void runsOnTheLocalClockBeforeItIsSynchronized() {
		ServerClock clock = new ServerClock(kernel.redis(), this.local);
		assertThat(Duration.between(clock.instant(), this.local.instant()).abs()).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void neverGoesBackWhenTheLocalClockDoes() {
		ServerClock clock = new ServerClock(kernel.redis(), this.local);
		Instant last = clock.instant();
		for (int i = 0; i < 1000; i++) {
			this.wrong.set(Duration.ofHours(-i));
			Instant next = clock.instant();
			assertThat(next).isAfterOrEqualTo(last);
			last = next;
		}
	}

	@Test
	void goesOnAsItWasWhenTheServerDoesNotAnswer(@Redis StandaloneRedis away) {
		try (Kernel cut = Kernel.start(away.springProperties(), "lettuce")) {
			ServerClock clock = new ServerClock(cut.redis(), this.local);
			away.server().kill();
			assertThatExceptionOfType(RedisFailureException.class).isThrownBy(clock::synchronize);
			assertThat(Duration.between(clock.instant(), this.local.instant()).abs())
				.isLessThan(Duration.ofSeconds(10));
		}
	}

}
