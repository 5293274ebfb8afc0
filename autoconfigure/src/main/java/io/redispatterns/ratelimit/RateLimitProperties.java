package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.Map;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.InvalidRateLimitException;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of rate limits.
 *
 * @param enabled Whether there are rate limits.
 * @param commandTimeout Longest wait of a request for the decision of Redis.
 * @param onRedisError What is decided without Redis, for policies that do not say it.
 * @param shadow Whether all limits are only watched.
 * @param policies Limits by name.
 * @param plans Limits of the subjects of a plan by name of the plan and of the policy,
 * each before the policy's own.
 * @param local How a node decides alone.
 * @param denyCache How a node remembers who is refused.
 */
@ConfigurationProperties("redis.rate-limit")
public record RateLimitProperties(@DefaultValue("true") boolean enabled, @DefaultValue("100ms") Duration commandTimeout,
		@DefaultValue("local") OnRedisError onRedisError, @DefaultValue("false") boolean shadow,
		@DefaultValue Map<String, Policy> policies, @DefaultValue Map<String, Map<String, Plan>> plans,
		@DefaultValue Local local, @DefaultValue DenyCache denyCache) {

	private static final String PREFIX = "redis.rate-limit.";

	public RateLimitProperties {
		InvalidSettingException.requirePositive("command-timeout", commandTimeout);
		if (onRedisError == OnRedisError.INHERIT) {
			throw new InvalidSettingException("on-redis-error", "inherit", "be 'local', 'allow' or 'deny'",
					"Set one of these: there is nothing to inherit from.");
		}
	}

	/**
	 * Define what is configured, in place of what was.
	 * @param target where to
	 */
	public void defineIn(RateLimitPolicies target) {
		this.policies.forEach((name, policy) -> target.define(policy(name, policy)));
		this.plans.forEach((plan, policies) -> policies
			.forEach((name, numbers) -> target.define(plan, planned(plan, name, numbers))));
	}

	private RateLimitPolicy policy(String name, Policy policy) {
		String key = PREFIX + "policies." + name;
		long limit = required(key + ".limit", policy.limit(), "100");
		Duration window = required(key + ".window", policy.window(), "1m");
		long burst = (policy.burst() != null) ? policy.burst()
				: (policy.algorithm() != Algorithm.LEAKY_BUCKET) ? limit : 1;
		Handling handling = new Handling(policy.shadow() || this.shadow, policy.onRedisError(), policy.count(),
				policy.block(), policy.key(), policy.headers(), policy.ahead());
		try {
			return new RateLimitPolicy(name, policy.algorithm(), limit, window, burst, handling);
		}
		catch (InvalidRateLimitException ex) {
			throw invalid(key, ex);
		}
	}

	private RateLimitPolicy planned(String plan, String name, Plan numbers) {
		String key = PREFIX + "plans." + plan + "." + name;
		Policy policy = this.policies.get(name);
		if (policy == null) {
			throw new InvalidSettingException(key, name,
					"be the name of a policy, one of " + this.policies.keySet().stream().sorted().toList(),
					"Define 'redis.rate-limit.policies.%s', or correct the name.".formatted(name));
		}
		try {
			return numbers.of(policy(name, policy));
		}
		catch (InvalidRateLimitException ex) {
			throw invalid(key, ex);
		}
	}

	private static <T> T required(String key, @Nullable T value, String example) {
		if (value == null) {
			throw new InvalidSettingException(key, "", "be set", "Set it to a value such as '%s'.".formatted(example));
		}
		return value;
	}

	private static InvalidSettingException invalid(String key, InvalidRateLimitException ex) {
		boolean name = ex.component().equals("name");
		return new InvalidSettingException(name ? key : key + "." + ex.component(), ex.value(), ex.reason(),
				name ? "Give the policy another name." : "Correct the value, or choose another algorithm.");
	}

	/**
	 * A limit.
	 *
	 * @param algorithm How it is counted.
	 * @param limit Permits per window, or at the same time.
	 * @param window Time in which the limit comes back.
	 * @param burst Permits that a token bucket saves up; the limit when not set.
	 * @param key Expression of the subject.
	 * @param shadow Whether the limit is only watched.
	 * @param onRedisError What is decided without Redis.
	 * @param count Which requests use up the limit.
	 * @param block When a subject gets nothing for a while.
	 * @param headers Whether responses tell of the policy.
	 * @param ahead Permits that a node takes ahead for a subject that many ask for at the
	 * same time; a trailing window may see so many more of each node.
	 */
	public record Policy(@DefaultValue("token-bucket") Algorithm algorithm, @Nullable Long limit,
			@Nullable Duration window, @Nullable Long burst, @Nullable String key,
			@DefaultValue("false") boolean shadow, @DefaultValue("inherit") OnRedisError onRedisError,
			@DefaultValue("all") Count count, @DefaultValue Block block, @DefaultValue("true") boolean headers,
			@DefaultValue("0") long ahead) {

	}

	/**
	 * What a policy is for the subjects of a plan; what is not set is as of the policy.
	 *
	 * @param limit Permits per window, or at the same time.
	 * @param window Time in which the limit comes back.
	 * @param burst Permits that a token bucket saves up; the limit when not set.
	 */
	public record Plan(@Nullable Long limit, @Nullable Duration window, @Nullable Long burst) {

		RateLimitPolicy of(RateLimitPolicy policy) {
			RateLimitPolicy limited = (this.limit != null) ? policy.withLimit(this.limit) : policy;
			return new RateLimitPolicy(policy.name(), policy.algorithm(), limited.limit(),
					(this.window != null) ? this.window : policy.window(),
					(this.burst != null) ? this.burst : limited.burst(), policy.handling());
		}

	}

	/**
	 * How a node decides alone.
	 *
	 * @param expectedNodes Number of nodes that share a limit while Redis is away.
	 * @param maxKeys Largest number of subjects that a node counts by itself.
	 */
	public record Local(@DefaultValue("1") int expectedNodes, @DefaultValue("100000") int maxKeys) {

		public Local {
			if (expectedNodes < 1) {
				throw new InvalidSettingException("local.expected-nodes", expectedNodes, "be greater than zero",
						"Set the number of nodes that run at the same time, such as '2'.");
			}
			if (maxKeys < 1) {
				throw new InvalidSettingException("local.max-keys", maxKeys, "be greater than zero",
						"Set a number of subjects such as '100000'.");
			}
		}

	}

	/**
	 * How a node remembers who is refused.
	 *
	 * @param enabled Whether a refused subject costs no command until it can be allowed.
	 * @param maxKeys Largest number of refused subjects that a node remembers.
	 */
	public record DenyCache(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int maxKeys) {

		public DenyCache {
			if (maxKeys < 1) {
				throw new InvalidSettingException("deny-cache.max-keys", maxKeys, "be greater than zero",
						"Set a number of subjects such as '10000', or 'deny-cache.enabled' to 'false'.");
			}
		}

	}

}
