package io.redispatterns.warming.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.Watch;
import io.redispatterns.warming.run.WarmLease.Known;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warm-ups of one method, whenever they are due. Has a thread from its begin on, and
 * a second one while it warms.
 */
public final class WarmUp {

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	private static final Duration LOOK = Duration.ofMillis(100);

	/**
	 * Longest time in ms without a look at Redis, where another may have warmed.
	 */
	private static final long LONGEST_REST = 60_000;

	private static final long SHORTEST_REST = Attempts.SHORTEST_REST;

	private final WarmPlan plan;

	private final WarmLease lease;

	private final Attempts attempts;

	private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

	private final Watch watch;

	private long wake = System.nanoTime();

	/**
	 * The server's time when this began, 0 while it is not known.
	 */
	private long begun;

	/**
	 * Create the warm-ups of a method.
	 * @param plan what to do
	 * @param lease the right to do it
	 * @param usable whether what is loaded now is stored
	 * @param tally counts what was done
	 */
	public WarmUp(WarmPlan plan, WarmLease lease, BooleanSupplier usable, Tally tally) {
		this.plan = plan;
		this.lease = lease;
		this.attempts = new Attempts(plan, lease, usable, tally);
		this.watch = new Watch("redis-warming-" + plan.name(), this::look, LOOK);
		if (!plan.schedule().onStart()) {
			this.started.complete(null);
		}
	}

	public void begin() {
		this.watch.begin();
	}

	/**
	 * End, and let another node begin at once.
	 */
	public void end() {
		this.attempts.lose();
		this.watch.end();
		this.attempts.end();
	}

	public boolean isRunning() {
		return this.watch.isRunning();
	}

	/**
	 * The warm-up on start.
	 * @return ends when this or another node has done it
	 */
	public CompletableFuture<@Nullable Void> started() {
		return this.started;
	}

	private void look() {
		if (System.nanoTime() - this.wake < 0) {
			return;
		}
		try {
			rest(step(this.lease.look()));
		}
		catch (RedisFailureException ex) {
			logger.debug("Redis does not answer, warming of cache '{}' waits for it", this.plan.cache(), ex);
			rest(SHORTEST_REST);
		}
	}

	private void rest(long millis) {
		this.wake = System.nanoTime() + Duration.ofMillis(Math.min(millis, LONGEST_REST)).toNanos();
	}

	/**
	 * Do what is due.
	 * @return milliseconds until the next look
	 */
	private long step(Known known) {
		this.begun = (this.begun == 0) ? known.now() : this.begun;
		Schedule schedule = this.plan.schedule();
		if (schedule.isFresh(known.last(), this.begun)) {
			this.started.complete(null);
		}
		long due = this.started.isDone() ? schedule.next(Math.max(this.begun, known.last())) : known.now();
		if (due == Schedule.NEVER) {
			this.watch.end();
		}
		if (due > known.now()) {
			return due - known.now();
		}
		Known claim = this.lease.claim(known);
		if (!claim.isClaimed()) {
			return Math.min(claim.left(), SHORTEST_REST);
		}
		if (!this.attempts.run(claim)) {
			return this.attempts.rest();
		}
		this.started.complete(null);
		return 0;
	}

}
