package io.redispatterns.ratelimit.rule;

import java.util.List;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.RateLimited.By;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.policy.UnknownRateLimitPolicyException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Stops the start for a limit that could not be enforced.
 */
public final class RuleChecks implements SmartInitializingSingleton {

	private final LimitRules rules;

	private final RateLimitPolicies policies;

	private final LimitSettings settings;

	private final Runnable limited;

	/**
	 * Create the checks.
	 * @param rules what annotations say
	 * @param policies the policies that there are
	 * @param settings what all limits have in common
	 * @param limited run when a method is found that is limited
	 */
	public RuleChecks(LimitRules rules, RateLimitPolicies policies, LimitSettings settings, Runnable limited) {
		this.rules = rules;
		this.policies = policies;
		this.settings = settings;
		this.limited = limited;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (RateLimitPolicy policy : this.policies.all()) {
			String key = policy.handling().key();
			if (key != null) {
				requireTenants("'redis.rate-limit.policies." + policy.name() + "'",
						Subject.ofPolicy(policy.name(), key));
			}
		}
		this.settings.planByRole().forEach((role, plan) -> {
			if (!this.policies.plans().contains(plan)) {
				throw new InvalidRateLimitedException("'redis.rate-limit.plan-by-role.%s'".formatted(role),
						"names the plan '%s', and there are only %s".formatted(plan,
								this.policies.plans().stream().sorted().toList()),
						"Set 'redis.rate-limit.plans.%s', or correct the name.".formatted(plan));
			}
		});
		this.rules.check((limits) -> {
			check(limits.rules());
			if (!limits.rules().isEmpty()) {
				this.limited.run();
			}
		});
	}

	/**
	 * Check rules.
	 * @param rules the rules
	 * @throws UnknownRateLimitPolicyException when a policy is named that there is not
	 * @throws InvalidRateLimitedException when a rule could not be enforced
	 */
	public void check(List<LimitRule> rules) {
		rules.forEach(this::check);
	}

	private void check(LimitRule rule) {
		for (String name : rule.names()) {
			if (this.policies.find(name) == null) {
				throw new UnknownRateLimitPolicyException(name,
						this.policies.all().stream().map(RateLimitPolicy::name).toList(), rule.where());
			}
		}
		RateLimitPolicy inline = rule.inline();
		if (inline != null && this.policies.find(inline.name()) != null) {
			throw new InvalidRateLimitedException(rule.where(),
					"writes a policy of the name '%s', which is configured too".formatted(inline.name()),
					"Name the configured one, or give this one another name.");
		}
		LimitExpression cost = rule.terms().cost();
		Number constant = (cost != null) ? cost.constant() : null;
		if (constant != null) {
			Stream.concat(rule.names().stream().map((name) -> this.policies.get(name, null)), Stream.ofNullable(inline))
				.forEach((policy) -> requireCost(rule.where(), constant.longValue(), policy));
		}
		requireTenants(rule.where(), rule.subject());
	}

	private static void requireCost(String where, long cost, RateLimitPolicy policy) {
		if (cost < 0 || cost > policy.capacity()) {
			throw new InvalidRateLimitedException(where,
					"costs %d permits, and '%s' never gives more than %d at once".formatted(cost, policy.name(),
							policy.capacity()),
					"Lower the cost, or raise the %s.".formatted(policy.algorithm().isBucket() ? "burst" : "limit"));
		}
	}

	private void requireTenants(String where, @Nullable Subject subject) {
		if (subject != null && subject.by().contains(By.TENANT) && this.settings.tenants() == null) {
			throw new InvalidRateLimitedException(where, "limits tenants, and nothing says who is a tenant",
					"Define a bean of type RateLimitTenantResolver.");
		}
	}

}
