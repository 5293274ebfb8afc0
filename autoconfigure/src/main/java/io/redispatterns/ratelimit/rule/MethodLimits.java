package io.redispatterns.ratelimit.rule;

import java.util.List;

/**
 * What is said of a method.
 *
 * @param exempt whether nothing limits it
 * @param rules what limits it
 */
public record MethodLimits(boolean exempt, List<LimitRule> rules) {

	/**
	 * Nothing is said.
	 */
	public static final MethodLimits NOTHING = new MethodLimits(false, List.of());

	static final MethodLimits EXEMPT = new MethodLimits(true, List.of());

	/**
	 * Whether the rules can only be applied to a call, as they name its arguments.
	 * @return whether an expression names an argument
	 */
	public boolean isOfArguments() {
		return this.rules.stream().anyMatch(LimitRule::isOfArguments);
	}

}
