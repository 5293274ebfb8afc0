package io.redispatterns.ratelimit.rule;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.InvalidRateLimitException;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.rule.LimitRule.Terms;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * Reads annotations.
 */
final class AnnotationRules {

	private static final int MAX_READABLE_NAME = 55;

	private final UnaryOperator<String> placeholders;

	AnnotationRules(UnaryOperator<String> placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Read the annotations of a method or a class.
	 * @throws InvalidRateLimitedException when one cannot be enforced
	 */
	List<LimitRule> read(AnnotatedElement element, Set<RateLimited> annotations) {
		String of = (element instanceof Method method) ? method.getDeclaringClass().getName() + "." + method.getName()
				: ((Class<?>) element).getName();
		return annotations.stream().map((each) -> read("@RateLimited on '" + of + "'", element, each)).toList();
	}

	private LimitRule read(String where, AnnotatedElement element, RateLimited annotation) {
		List<String> names = List.of(annotation.policy()).stream().map(this.placeholders).toList();
		boolean inline = StringUtils.hasText(annotation.limit());
		if (names.isEmpty() && !inline) {
			throw new InvalidRateLimitedException(where, "names no policy and has no limit",
					"Name a policy, as in @RateLimited(\"search\"), or write one, as in"
							+ " @RateLimited(limit = \"100\", window = \"1m\").");
		}
		if (inline == annotation.window().isEmpty() || (!inline && hasTraitsOfPolicy(annotation))) {
			throw new InvalidRateLimitedException(where,
					inline ? "has a limit and no window" : "writes parts of a policy and has no limit",
					"A policy that is written at the place has a 'limit' and a 'window'; one that is named has its parts"
							+ " in the configuration.");
		}
		Subject subject = subject(where, annotation);
		Terms terms = new Terms(LimitExpression.parse(where, "cost", annotation.cost()),
				LimitExpression.parse(where, "condition", annotation.condition()),
				LimitExpression.parse(where, "plan", annotation.plan()));
		return new LimitRule(where, names, inline ? policy(where, element, annotation) : null, subject, terms);
	}

	private static boolean hasTraitsOfPolicy(RateLimited annotation) {
		return !(annotation.burst() + annotation.name()).isEmpty() || annotation.blockAfter() != 0;
	}

	private static @Nullable Subject subject(String where, RateLimited annotation) {
		LimitExpression key = LimitExpression.parse(where, "key", annotation.key());
		return (annotation.by().length > 0 || key != null) ? new Subject(List.of(annotation.by()), key) : null;
	}

	private RateLimitPolicy policy(String where, AnnotatedElement element, RateLimited annotation) {
		long limit = number(where, "limit", annotation.limit());
		Duration window = duration(where, "window", annotation.window());
		Block block = (annotation.blockAfter() != 0) ? new Block(annotation.blockAfter(),
				duration(where, "blockFor", annotation.blockFor()), Block.NONE.multiplier(), Block.NONE.max())
				: Block.NONE;
		String name = annotation.name().isEmpty() ? name(element) : this.placeholders.apply(annotation.name());
		try {
			RateLimitPolicy policy = RateLimitPolicy.of(name, limit, window)
				.with(annotation.algorithm())
				.with(Handling.DEFAULT.withCount(annotation.count())
					.withOnRedisError(annotation.onRedisError())
					.withBlock(block));
			return annotation.burst().isEmpty() ? policy : policy.withBurst(number(where, "burst", annotation.burst()));
		}
		catch (InvalidRateLimitException ex) {
			throw new InvalidRateLimitedException(where,
					"has the %s '%s', which must %s".formatted(ex.component(), ex.value(), ex.reason()),
					"Correct the value, or choose another algorithm.");
		}
	}

	private long number(String where, String attribute, String text) {
		String resolved = this.placeholders.apply(text).strip();
		if (!resolved.matches("[0-9]{1,18}")) {
			throw new InvalidRateLimitedException(where,
					"has the %s '%s', which is no whole number".formatted(attribute, resolved),
					"Write a number such as \"100\", or a placeholder such as \"${search.limit}\".");
		}
		return Long.parseLong(resolved);
	}

	private Duration duration(String where, String attribute, String text) {
		String resolved = this.placeholders.apply(text).strip();
		try {
			return DurationStyle.detectAndParse(resolved);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRateLimitedException(where,
					"has the %s '%s', which is no duration".formatted(attribute, resolved),
					"Write a duration such as \"1m\", or a placeholder such as \"${search.window}\".");
		}
	}

	/**
	 * Overloads and classes of one simple name in several packages are told apart.
	 */
	private static String name(AnnotatedElement element) {
		String readable = (element instanceof Method method)
				? method.getDeclaringClass().getSimpleName() + "." + method.getName()
				: ((Class<?>) element).getSimpleName();
		String plain = readable.replaceAll("[^A-Za-z0-9._-]", "_");
		return plain.substring(0, Math.min(MAX_READABLE_NAME, plain.length())) + "-"
				+ HexFormat.of().toHexDigits(element.toString().hashCode());
	}

}
