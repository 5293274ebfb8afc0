package io.redispatterns.redis;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The server's clock as seen from this node: wrong by at most half a round trip after
 * {@link #synchronize()}, whatever the clock of this machine says. Runs on monotonic time
 * between two synchronizations, and on this machine's clock before the first.
 */
public final class ServerClock implements InstantSource {

	private final RedisExecutor redis;

	private volatile Sample sample;

	/**
	 * Create a clock that shows the time of this machine until it is synchronized.
	 * @param redis the way to the server
	 * @param local the clock of this machine
	 */
	public ServerClock(RedisExecutor redis, InstantSource local) {
		this.redis = redis;
		this.sample = new Sample(local.instant(), System.nanoTime());
	}

	/**
	 * Ask the server for its time; blocks for one round trip.
	 * @throws RedisFailureException when the server does not answer; the clock then goes
	 * on as it was
	 */
	public void synchronize() {
		long sent = System.nanoTime();
		long micros = this.redis.await(this.redis.time());
		long middle = sent + (System.nanoTime() - sent) / 2;
		this.sample = new Sample(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), middle);
	}

	@Override
	public Instant instant() {
		Sample last = this.sample;
		return last.instant().plusNanos(System.nanoTime() - last.nanos());
	}

	private record Sample(Instant instant, long nanos) {

	}

}
