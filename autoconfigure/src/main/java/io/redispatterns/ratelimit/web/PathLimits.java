package io.redispatterns.ratelimit.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.LimitRuleProperties;
import io.redispatterns.ratelimit.rule.LimitRuleProperties.PathRule;
import io.redispatterns.ratelimit.rule.LimitRuleProperties.Phase;
import io.redispatterns.ratelimit.rule.RuleChecks;
import io.redispatterns.redis.InvalidSettingException;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The rules for paths, matched as Spring matches those of handler methods.
 */
public final class PathLimits implements SmartInitializingSingleton {

	private final List<PathLimit> early;

	private final List<PathLimit> late;

	private final RuleChecks checks;

	PathLimits(LimitRuleProperties properties, RuleChecks checks) {
		this.early = properties.rules(Phase.EARLY).stream().map(PathLimit::of).toList();
		this.late = properties.rules(Phase.LATE).stream().map(PathLimit::of).toList();
		this.checks = checks;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.early.forEach((limit) -> this.checks.check(limit.rules()));
		this.late.forEach((limit) -> this.checks.check(limit.rules()));
	}

	/**
	 * Whether there are rules of a phase.
	 * @param phase the phase
	 * @return whether there is one
	 */
	public boolean isEmpty(Phase phase) {
		return of(phase).isEmpty();
	}

	/**
	 * What limits a request.
	 * @param phase the phase
	 * @param method the method of HTTP
	 * @param path the path within the application
	 * @return the first rule that matches, empty when there is none
	 */
	public List<LimitRule> match(Phase phase, String method, PathContainer path) {
		for (PathLimit limit : of(phase)) {
			if ((limit.methods().isEmpty() || limit.methods().contains(method)) && limit.pattern().matches(path)) {
				return limit.rules();
			}
		}
		return List.of();
	}

	private List<PathLimit> of(Phase phase) {
		return (phase == Phase.EARLY) ? this.early : this.late;
	}

	private record PathLimit(PathPattern pattern, Set<String> methods, List<LimitRule> rules) {

		static PathLimit of(PathRule rule) {
			Set<String> methods = rule.methods()
				.stream()
				.map((method) -> method.strip().toUpperCase(Locale.ROOT))
				.collect(Collectors.toUnmodifiableSet());
			return new PathLimit(pattern(String.valueOf(rule.path())), methods, List.of(rule.rule()));
		}

		private static PathPattern pattern(String path) {
			try {
				return PathPatternParser.defaultInstance.parse(path);
			}
			catch (PatternParseException ex) {
				throw new InvalidSettingException("redis.rate-limit.rules.path", path, "be a pattern of paths",
						"Correct it: " + ex.getMessage() + ".");
			}
		}

	}

}
