package io.redispatterns.ratelimit.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a method or a path.
 *
 * @param where what is limited, as the beginning of a sentence
 * @param names policies by name
 * @param inline the policy that is written at the place, {@code null} for none
 * @param subject who is limited, {@code null} for what each policy says
 * @param terms what else depends on the call
 */
public record LimitRule(String where, List<String> names, @Nullable RateLimitPolicy inline, @Nullable Subject subject,
		Terms terms) {

	/**
	 * Whether an expression names an argument of the method, so that the rule can only be
	 * applied to its call.
	 */
	boolean isOfArguments() {
		LimitExpression key = (this.subject != null) ? this.subject.key() : null;
		return Stream.of(key, this.terms.cost(), this.terms.condition(), this.terms.plan())
			.filter(Objects::nonNull)
			.anyMatch(LimitExpression::isOfArguments);
	}

	/**
	 * Add what a call asks for to what it asks for by other rules.
	 */
	void addRequests(LimitedCall call, RateLimitPolicies policies, List<RateLimitRequest> requests) {
		if (!this.terms.hold(call)) {
			return;
		}
		long cost = this.terms.cost(call);
		if (cost == 0) {
			return;
		}
		String plan = this.terms.plan(call);
		for (String name : this.names) {
			RateLimitPolicy policy = policies.get(name, plan);
			add(new RateLimitRequest(subject(policy).of(call, name), List.of(name), List.of(), cost, plan), requests);
		}
		if (this.inline != null) {
			add(new RateLimitRequest(subject(this.inline).of(call, this.inline.name()), List.of(), List.of(this.inline),
					cost, plan), requests);
		}
	}

	private Subject subject(RateLimitPolicy policy) {
		String key = policy.handling().key();
		return (this.subject != null) ? this.subject
				: (key != null) ? Subject.ofPolicy(policy.name(), key) : Subject.USER;
	}

	private static void add(RateLimitRequest request, List<RateLimitRequest> requests) {
		for (int i = 0; i < requests.size(); i++) {
			RateLimitRequest other = requests.get(i);
			if (other.subject().equals(request.subject()) && other.cost() == request.cost()
					&& Objects.equals(other.plan(), request.plan())) {
				requests.set(i, new RateLimitRequest(request.subject(), join(other.names(), request.names()),
						join(other.policies(), request.policies()), request.cost(), request.plan()));
				return;
			}
		}
		requests.add(request);
	}

	private static <T> List<T> join(List<T> one, List<T> other) {
		List<T> both = new ArrayList<>(one);
		both.addAll(other);
		return both;
	}

	/**
	 * What depends on the call, each {@code null} when nothing is said.
	 *
	 * @param cost permits
	 * @param condition has to be true
	 * @param plan name of a plan
	 */
	record Terms(@Nullable LimitExpression cost, @Nullable LimitExpression condition, @Nullable LimitExpression plan) {

		boolean hold(LimitedCall call) {
			return this.condition == null || Boolean.TRUE.equals(this.condition.of(call));
		}

		long cost(LimitedCall call) {
			if (this.cost == null) {
				return 1;
			}
			if (!(this.cost.of(call) instanceof Number number)) {
				throw this.cost.invalid("is no number of permits for a call");
			}
			// A client has made it up: refused as what no policy gives
			return (number.longValue() >= 0) ? number.longValue() : Long.MAX_VALUE;
		}

		@Nullable String plan(LimitedCall call) {
			Object said = (this.plan != null) ? this.plan.of(call) : null;
			return (said != null) ? said.toString() : call.planOfRoles();
		}

	}

}
