package io.redispatterns.warming.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.Watch;
import io.redispatterns.warming.run.WarmLease.Known;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warm-ups of one method under their lease, each failed one with a longer rest behind it,
 * which all nodes keep.
 */
final class Attempts {

	static final long SHORTEST_REST = 1_000;

	private static final Logger logger = LoggerFactory.getLogger(Attempts.class);

	private static final long LONGEST_REST = 60_000;

	private final WarmPlan plan;

	private final WarmLease lease;

	private final BooleanSupplier usable;

	private final Tally tally;

	private volatile @Nullable Known held;

	private volatile @Nullable WarmRun running;

	private long rest;

	private long nextRest = SHORTEST_REST;

	Attempts(WarmPlan plan, WarmLease lease, BooleanSupplier usable, Tally tally) {
		this.plan = plan;
		this.lease = lease;
		this.usable = usable;
		this.tally = tally;
	}

	/**
	 * Milliseconds for which nobody is to try again.
	 */
	long rest() {
		return this.rest;
	}

	/**
	 * End what goes on after its next key, even when the interrupt is swallowed.
	 */
	void lose() {
		WarmRun run = this.running;
		if (run != null) {
			run.lose();
		}
	}

	/**
	 * Give back what is held, if anything still is.
	 */
	void end() {
		Known claim = this.held;
		if (claim != null) {
			giveBack(claim, 0);
		}
	}

	/**
	 * Warm the cache.
	 * @return whether it is warm by now
	 */
	boolean run(Known claim) {
		WarmRun run = new WarmRun(this.plan, this.usable, this.tally);
		Watch renewal = new Watch("redis-warming-lease", () -> renew(claim, run), WarmLease.RENEWAL);
		this.held = claim;
		this.running = run;
		this.rest = 0;
		renewal.begin();
		try {
			boolean done = run.run() && this.lease.done(claim);
			this.nextRest = SHORTEST_REST;
			return done;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RedisFailureException ex) {
			throw ex;
		}
		catch (Exception ex) {
			fail(claim, ex);
		}
		finally {
			renewal.end();
		}
		return false;
	}

	private void renew(Known claim, WarmRun run) {
		if (!this.lease.renew(claim)) {
			run.lose();
		}
	}

	private void fail(Known claim, Exception ex) {
		this.rest = this.nextRest;
		this.nextRest = Math.min(2 * this.rest, LONGEST_REST);
		logger.warn("Cache '{}' could not be warmed with {} and is cold, the next attempt is in {} ms",
				this.plan.cache(), this.plan.name(), this.rest, ex);
		giveBack(claim, this.rest);
	}

	private void giveBack(Known claim, long millis) {
		try {
			this.lease.rest(claim, Duration.ofMillis(millis));
		}
		catch (RedisFailureException ex) {
			logger.debug("The right to warm cache '{}' was not given back and ends by itself", this.plan.cache(), ex);
		}
	}

}
