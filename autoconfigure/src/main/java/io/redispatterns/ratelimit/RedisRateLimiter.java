package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.redispatterns.ratelimit.NodeDecisions.Asked;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.call.Flights.Answer;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.script.SubjectScripts;
import io.redispatterns.ratelimit.script.Verdict;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RateLimiter} on one server for all nodes.
 */
final class RedisRateLimiter implements RateLimiter {

	private static final Logger logger = LoggerFactory.getLogger(RedisRateLimiter.class);

	private final RedisExecutor redis;

	private final RedisDecisions decisions;

	private final NodeDecisions node;

	private final SubjectScripts scripts;

	private final RateLimitObservations observations;

	private final long timeout;

	RedisRateLimiter(RedisExecutor redis, RedisDecisions decisions, NodeDecisions node,
			RateLimitObservations observations, Duration commandTimeout) {
		this.redis = redis;
		this.decisions = decisions;
		this.node = node;
		this.scripts = decisions.scripts();
		this.observations = observations;
		this.timeout = commandTimeout.toNanos();
	}

	@Override
	public RateLimitDecision acquire(RateLimitRequest request) {
		return this.observations.observe(() -> decide(request));
	}

	private RateLimitDecision decide(RateLimitRequest request) {
		Asked asked = this.decisions.asked(request);
		RateLimitDecision known = this.decisions.withoutServer(asked);
		return (known != null) ? known : await(asked, this.decisions.ask(asked, true));
	}

	@Override
	public CompletableFuture<RateLimitDecision> acquireLater(RateLimitRequest request) {
		return this.observations.observeLater(() -> decideLater(request));
	}

	private CompletableFuture<RateLimitDecision> decideLater(RateLimitRequest request) {
		Asked asked = this.decisions.asked(request);
		RateLimitDecision known = this.decisions.withoutServer(asked);
		if (known != null) {
			return CompletableFuture.completedFuture(known);
		}
		return this.decisions.ask(asked, false)
			.orTimeout(this.timeout, TimeUnit.NANOSECONDS)
			.handle((answer, ex) -> (ex != null) ? this.decisions.failed(asked, ex)
					: this.decisions.decided(asked, answer));
	}

	@Override
	public RateLimitDecision peek(RateLimitRequest request) {
		Asked asked = this.decisions.asked(request);
		if (asked.isNeverGiven()) {
			return asked.never();
		}
		try {
			Verdict verdict = this.decisions.look(asked).get(this.timeout, TimeUnit.NANOSECONDS);
			return asked.withCost(0).decision(verdict, Source.REDIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return this.node.decide(asked.withCost(0), false);
		}
		catch (ExecutionException | TimeoutException ex) {
			return this.node.decide(asked.withCost(0), false);
		}
	}

	@Override
	public CompletableFuture<Void> settle(Permit permit, long cost) {
		if (cost < 0) {
			throw new IllegalArgumentException("'cost' must not be negative but was " + cost);
		}
		this.node.settle(permit, cost);
		if (permit.micros() == 0) {
			return CompletableFuture.completedFuture(null);
		}
		return made("settle a rate limit", this.scripts.settle(this.decisions.key(permit.subject()), permit.policies(),
				permit.micros(), cost - permit.cost()));
	}

	@Override
	public CompletableFuture<Void> release(Permit permit) {
		this.node.release(permit);
		return (permit.micros() == 0) ? CompletableFuture.completedFuture(null) : made("release a permit", this.scripts
			.release(this.decisions.key(permit.subject()), permit.policies(), permit.lease(), permit.cost()));
	}

	@Override
	public void reset(String subject, String... policies) {
		Collection<String> names = (policies.length > 0) ? List.of(policies)
				: this.decisions.policies().all().stream().map(RateLimitPolicy::name).toList();
		this.redis.await(this.scripts.reset(this.decisions.key(subject), names));
		this.decisions.forget(subject);
	}

	@Override
	public void block(String subject, Duration length) {
		if (length.isNegative()) {
			throw new IllegalArgumentException("'length' must not be negative but was " + length);
		}
		this.redis.await(this.scripts.block(this.decisions.key(subject), length));
		this.decisions.forget(subject);
	}

	/**
	 * Whether decisions are made without the server.
	 */
	boolean isAway() {
		return this.decisions.isAway();
	}

	/**
	 * How many refused subjects this node remembers.
	 */
	int refusals() {
		return this.node.refusals();
	}

	private RateLimitDecision await(Asked asked, CompletableFuture<Answer> answer) {
		try {
			return this.decisions.decided(asked, answer.get(this.timeout, TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			return this.decisions.alone(asked, false);
		}
		catch (TimeoutException | ExecutionException | CancellationException ex) {
			answer.cancel(true);
			return this.decisions.failed(asked, ex);
		}
	}

	private CompletableFuture<Void> made(String what, CompletableFuture<Long> reply) {
		return this.redis.bounded(reply).handle((done, ex) -> {
			if (ex != null) {
				logger.debug("Could not {}, which is lost", what, Failures.unwrap(ex));
			}
			return null;
		});
	}

}
