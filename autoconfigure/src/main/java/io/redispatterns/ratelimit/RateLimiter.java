package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.ratelimit.policy.UnknownRateLimitPolicyException;

/**
 * Decides whether subjects get what they ask for, together with all other nodes.
 * <p>
 * A decision never fails for want of Redis: the policies say what is decided then, and it
 * is made within {@code redis.rate-limit.command-timeout}. What costs more than a policy
 * ever gives is denied without a time to retry. Safe for use by many threads.
 */
public interface RateLimiter {

	/**
	 * Decide; blocks until then.
	 * @param request who asks for what
	 * @return the decision
	 * @throws UnknownRateLimitPolicyException if a policy is named that there is not
	 */
	RateLimitDecision acquire(RateLimitRequest request);

	/**
	 * Decide without blocking. What depends on the decision may run on a thread of the
	 * client, and must not block either.
	 * @param request who asks for what
	 * @return the decision, which never fails for want of Redis
	 * @throws UnknownRateLimitPolicyException if a policy is named that there is not
	 */
	CompletableFuture<RateLimitDecision> acquireLater(RateLimitRequest request);

	/**
	 * Tell what would be decided, and use up nothing; blocks until then.
	 * @param request who would ask for what
	 * @return the decision
	 */
	RateLimitDecision peek(RateLimitRequest request);

	/**
	 * Correct the cost of a request that was allowed, once it is known. What was not used
	 * comes back, also to a window that has not ended; what was used beyond counts even
	 * where there is no room. The same cost for
	 * {@link io.redispatterns.ratelimit.policy.Algorithm#CONCURRENCY}, use
	 * {@link #release}.
	 * @param permit what was given
	 * @param cost permits that were used of each policy, 0 to give all back
	 * @return completes when this is done, also when it is lost for want of Redis
	 */
	CompletableFuture<Void> settle(Permit permit, long cost);

	/**
	 * Give back permits of
	 * {@link io.redispatterns.ratelimit.policy.Algorithm#CONCURRENCY}; those of other
	 * policies are used up.
	 * @param permit what was given
	 * @return completes when this is done, also when it is lost for want of Redis
	 */
	CompletableFuture<Void> release(Permit permit);

	/**
	 * Forget what a subject has used up of policies by name, and that it is blocked;
	 * blocks until Redis has answered.
	 * @param subject the subject
	 * @param policies names of policies, none for all that are defined
	 * @throws io.redispatterns.redis.RedisFailureException when there is no answer
	 */
	void reset(String subject, String... policies);

	/**
	 * Refuse everything to a subject for a while, under each policy; blocks until Redis
	 * has answered.
	 * @param subject the subject
	 * @param length for how long from now on, zero to end a block
	 * @throws io.redispatterns.redis.RedisFailureException when there is no answer
	 */
	void block(String subject, Duration length);

}
