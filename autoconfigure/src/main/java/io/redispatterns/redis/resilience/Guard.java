package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.redis.Watch;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;

/**
 * Stands between the commands and the connection: refuses what would wait for nothing,
 * and has the connection made again when the server behind it does not answer. Its thread
 * runs from the first command on.
 */
final class Guard {

	private static final long DOUBT = Duration.ofSeconds(1).toNanos();

	/**
	 * How many lanes the slots of a cluster share.
	 */
	static final int LANES_OF_A_CLUSTER = 16;

	private static final int SLOTS_BITS = 10;

	private final ResilienceProperties settings;

	private final Outages outages;

	private final Failures failures;

	private final Lane[] lanes;

	private final Connection connection;

	private volatile long doubtedAt = System.nanoTime() - DOUBT;

	private volatile long lostAt = System.nanoTime() - DOUBT;

	private volatile long lookedAt = System.nanoTime() - DOUBT;

	private volatile long renewedAt = System.nanoTime() - DOUBT;

	private final AtomicLong renewals = new AtomicLong();

	private final Watch watch;

	private volatile boolean stopped;

	Guard(ResilienceProperties settings, Outages outages, Failures failures, Connection connection, int lanes) {
		this.settings = settings;
		this.outages = outages;
		this.failures = failures;
		this.connection = connection;
		this.lanes = Stream.generate(() -> new Lane(this, connection, settings)).limit(lanes).toArray(Lane[]::new);
		this.watch = new Watch("redis-patterns-guard", this::look, settings.probe().interval());
	}

	Duration commandTimeout() {
		return this.settings.commandTimeout();
	}

	Outages outages() {
		return this.outages;
	}

	int lanes() {
		return this.lanes.length;
	}

	/**
	 * Why a command is not to be sent.
	 * @return the refusal, {@code null} when it may be sent
	 */
	@Nullable RedisFailureException refusal(byte[] key) {
		if (this.stopped) {
			return new RedisFailureException(Kind.AWAY, "The application is stopping", null);
		}
		return lane(key).admits(key) ? null
				: new RedisFailureException(Kind.AWAY, "The server does not answer in time", null);
	}

	/**
	 * Server time in microseconds, 0 when it is not known.
	 */
	long now(byte[] key) {
		return lane(key).micros();
	}

	private Lane lane(byte[] key) {
		return (this.lanes.length == 1) ? this.lanes[0]
				: this.lanes[ClusterSlotHashUtil.calculateSlot(key) >> SLOTS_BITS];
	}

	/**
	 * Take note of a reply that somebody waited for.
	 * @param nanos how long the wait was
	 */
	void answered(long nanos) {
		this.outages.answered();
		long now = System.nanoTime();
		boolean slow = nanos >= this.settings.breaker().slowCall().toNanos();
		if (slow) {
			this.doubtedAt = now;
		}
		if (this.lanes.length == 1 && (!slow || isAwake(now))) {
			this.lanes[0].breaker().answered(nanos, now);
		}
	}

	void lost() {
		this.lostAt = System.nanoTime();
	}

	/**
	 * Take note of a reply that did not come in time.
	 * @param begun when the wait for it began
	 */
	RedisFailureException timedOut(long begun) {
		RedisFailureException failure = new RedisFailureException(Kind.TIMEOUT,
				"No reply within " + commandTimeout().toMillis() + " ms", null);
		this.outages.timedOut(failure);
		long now = System.nanoTime();
		this.doubtedAt = now;
		if (this.lanes.length == 1 && isAwake(now) && begun - this.lostAt > 0) {
			this.lanes[0].breaker().failed(now);
		}
		return failure;
	}

	/**
	 * Whether the thread of this guard runs as it should. When it does not, this process
	 * was paused or is short of processors, and a late reply says nothing of the server.
	 */
	boolean isAwake(long now) {
		return now - this.lookedAt <= 2 * this.settings.probe().interval().toNanos();
	}

	/**
	 * Take note of a command that failed.
	 * @return what to tell the caller
	 */
	RedisFailureException failed(Throwable ex) {
		RedisFailureException failure = this.failures.sent(ex);
		this.outages.failed(failure);
		if (failure.kind() == Kind.READONLY) {
			renew();
		}
		else if (failure.kind() == Kind.AWAY && isAnswer(ex) && this.lanes.length == 1) {
			this.lanes[0].breaker().trip(System.nanoTime());
		}
		return failure;
	}

	/**
	 * Take note of a probe that failed.
	 * @return whether the server said that it serves nobody
	 */
	boolean doubts(Throwable ex) {
		RedisFailureException failure = this.failures.sent(ex);
		this.outages.doubted(failure);
		return failure.kind() == Kind.AWAY && isAnswer(ex);
	}

	private static boolean isAnswer(Throwable ex) {
		return !(Failures.unwrap(ex) instanceof RedisFailureException);
	}

	private void renew() {
		long now = System.nanoTime();
		if (this.settings.enabled() && now - this.renewedAt > DOUBT) {
			this.renewedAt = now;
			renew(AbstractRedisExecutor.NO_KEY);
		}
	}

	void renew(byte[] key) {
		this.renewals.incrementAndGet();
		this.connection.renew(key);
	}

	long renewals() {
		return this.renewals.get();
	}

	/**
	 * Begin to look after the connection, unless this has begun or was switched off.
	 */
	void wake() {
		if (this.settings.enabled() && !this.stopped) {
			this.watch.begin();
		}
	}

	private void look() {
		long now = System.nanoTime();
		// What this process slept through, or had no processor for, was nobody's patience
		long awake = Math.min(now - this.lookedAt, 2 * this.settings.probe().interval().toNanos());
		this.lookedAt = now;
		boolean doubtful = now - this.doubtedAt < DOUBT;
		for (Lane lane : this.lanes) {
			lane.look(doubtful, awake);
		}
	}

	boolean isRunning() {
		return !this.stopped;
	}

	void start() {
		this.stopped = false;
	}

	void stop() {
		this.stopped = true;
		this.watch.end();
	}

	/**
	 * How many of the ways to the server are closed by a breaker.
	 */
	long openBreakers() {
		return Stream.of(this.lanes).filter((lane) -> lane.breaker().isOpen()).count();
	}

	/**
	 * What a guard looks after.
	 */
	interface Connection {

		/**
		 * Ask the server of a key for its time, in microseconds.
		 */
		CompletableFuture<Long> probe(byte[] key);

		/**
		 * Close the connection to the server of a key, to be made again at once to where
		 * that server is now.
		 */
		void renew(byte[] key);

	}

}
