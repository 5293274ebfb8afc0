package io.redispatterns.cache.many;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.StringUtils;

/**
 * When the results of a method are cached.
 */
final class ManyCondition {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final Method method;

	private final @Nullable Expression condition;

	private final @Nullable Expression unless;

	/**
	 * Create a condition.
	 * @param method the method
	 * @param annotation what it says
	 */
	ManyCondition(Method method, CacheableMany annotation) {
		this.method = method;
		this.condition = parse(method, "condition", annotation.condition(), "#ids.size() < 1000");
		this.unless = parse(method, "unless", annotation.unless(), "#result == null");
	}

	private static @Nullable Expression parse(Method method, String attribute, String expression, String example) {
		try {
			return StringUtils.hasText(expression) ? new SpelExpressionParser().parseExpression(expression) : null;
		}
		catch (ParseException ex) {
			throw ManyMethod.misused(method,
					"has the '%s' '%s': %s".formatted(attribute, expression, ex.getSimpleMessage()),
					"Write an expression such as " + example);
		}
	}

	boolean holds(@Nullable Object target, @Nullable Object[] arguments) {
		return this.condition == null || isTrue(this.condition, context(target, arguments));
	}

	/**
	 * Whether a value is not to be stored.
	 */
	boolean forbids(@Nullable Object target, @Nullable Object[] arguments, @Nullable Object value) {
		if (this.unless == null) {
			return false;
		}
		MethodBasedEvaluationContext context = context(target, arguments);
		context.setVariable("result", value);
		return isTrue(this.unless, context);
	}

	private MethodBasedEvaluationContext context(@Nullable Object target, @Nullable Object[] arguments) {
		return new MethodBasedEvaluationContext(target, this.method, arguments, NAMES);
	}

	private static boolean isTrue(Expression expression, MethodBasedEvaluationContext context) {
		return Boolean.TRUE.equals(expression.getValue(context, Boolean.class));
	}

}
