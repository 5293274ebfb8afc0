package io.redispatterns.redis.resilience;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.resilience.Guard.Connection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaneTests {

	private static final byte[] KEY = { 'k' };

	private final Silent connection = new Silent();

	private final Guard guard = new Guard(Settings.DEFAULTS, new Outages(Clock.systemUTC(), System::nanoTime),
			new Failures((ex) -> false), this.connection, 1);

	private final Lane lane = new Lane(this.guard, this.connection, Settings.DEFAULTS);

	@Test
	void renewsTheConnectionOnceAProbeHasHadItsTime() {
		this.lane.admits(KEY);
		look(0);
		assertThat(this.connection.probes).isOne();
		look(200);
		look(200);
		assertThat(this.connection.renewals).isZero();
		look(200);
		assertThat(this.connection.renewals).isOne();
	}

	@Test
	void givesANextProbeItsOwnTime() {
		this.lane.admits(KEY);
		look(0);
		look(600);
		this.lane.admits(KEY);
		look(200);
		look(400);
		assertThat(this.connection.probes).isEqualTo(2);
		assertThat(this.connection.renewals).isOne();
	}

	private void look(long awake) {
		this.lane.look(true, Duration.ofMillis(awake).toNanos());
		this.guard.stop();
	}

	private static final class Silent implements Connection {

		private int probes;

		private int renewals;

		@Override
		public CompletableFuture<Long> probe(byte[] key) {
			this.probes++;
			return new CompletableFuture<>();
		}

		@Override
		public void renew(byte[] key) {
			this.renewals++;
		}

	}

}
