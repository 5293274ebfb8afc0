package io.redispatterns.ratelimit.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.redispatterns.ratelimit.RateLimited.By;
import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of who and what is limited.
 *
 * @param apiKeyHeader Header of a request that carries the key of an API.
 * @param planByRole Names of plans by a role of the authenticated user, of which the
 * first that he has counts.
 * @param rules Limits of paths, of which the first of its phase that matches counts.
 */
@ConfigurationProperties("redis.rate-limit")
public record LimitRuleProperties(@DefaultValue("X-API-Key") String apiKeyHeader,
		@DefaultValue Map<String, String> planByRole, @DefaultValue List<PathRule> rules) {

	public LimitRuleProperties {
		for (int i = 0; i < rules.size(); i++) {
			rules.get(i).verify("rules[" + i + "]");
		}
	}

	/**
	 * The rules of a phase.
	 * @param phase the phase
	 * @return the rules in their order
	 */
	public List<PathRule> rules(Phase phase) {
		return this.rules.stream().filter((rule) -> rule.phase() == phase).toList();
	}

	/**
	 * A limit of paths.
	 *
	 * @param path Pattern of the paths, such as '/api/**'.
	 * @param methods Methods of HTTP; all when empty.
	 * @param phase When a request is limited.
	 * @param by Who is limited, several together are one subject; what each policy says
	 * when empty.
	 * @param policies Names of policies, all of which must have room.
	 * @param cost Expression of the permits that a request costs.
	 * @param condition Expression that has to be true for a request to be limited.
	 */
	public record PathRule(@Nullable String path, @DefaultValue List<String> methods, @DefaultValue("late") Phase phase,
			@DefaultValue List<By> by, @DefaultValue List<String> policies, @Nullable String cost,
			@Nullable String condition) {

		void verify(String key) {
			if (this.path == null || !this.path.startsWith("/")) {
				throw new InvalidSettingException(key + ".path", (this.path != null) ? this.path : "",
						"be a pattern that begins with '/'", "Set a pattern such as '/api/**'.");
			}
			if (this.policies.isEmpty()) {
				throw new InvalidSettingException(key + ".policies", "", "name a policy",
						"Name those of 'redis.rate-limit.policies' that limit '" + this.path + "'.");
			}
			if (this.phase == Phase.EARLY && (this.by.isEmpty() || this.by.contains(By.USER))) {
				throw new InvalidSettingException(key + ".by", new ArrayList<>(this.by),
						"name who is limited without a user in the phase 'early'",
						"Limit by 'ip', or in the phase 'late', when it is known who the user is.");
			}
		}

		/**
		 * What limits the paths.
		 * @return the rule
		 */
		public LimitRule rule() {
			String where = "The rule of 'redis.rate-limit.rules' for '" + this.path + "'";
			LimitRule rule = new LimitRule(where, this.policies, null,
					this.by.isEmpty() ? null : new Subject(this.by, null),
					new LimitRule.Terms(LimitExpression.parse(where, "cost", this.cost),
							LimitExpression.parse(where, "condition", this.condition), null));
			if (rule.isOfArguments()) {
				throw new InvalidRateLimitedException(where, "has an expression that names an argument",
						"Use what is of the request, such as header('...'), or annotate the method.");
			}
			return rule;
		}

	}

	/**
	 * When a request is limited by a path.
	 */
	public enum Phase {

		/**
		 * Before anything else, also before it is known who the user is: what floods the
		 * login costs no more than that.
		 */
		EARLY,

		/**
		 * When it is known who the user is and which method answers, of which an
		 * annotation takes the place of the rule.
		 */
		LATE

	}

}
