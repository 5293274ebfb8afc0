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

	private final @Nullable Expression expression;

	/**
	 * Create a condition.
	 * @param method the method
	 * @param expression the condition, empty for always
	 */
	ManyCondition(Method method, String expression) {
		this.method = method;
		this.expression = StringUtils.hasText(expression) ? parse(method, expression) : null;
	}

	private static Expression parse(Method method, String expression) {
		try {
			return new SpelExpressionParser().parseExpression(expression);
		}
		catch (ParseException ex) {
			throw ManyMethod.misused(method,
					"has the 'condition' '%s': %s".formatted(expression, ex.getSimpleMessage()),
					"Write an expression such as #ids.size() < 1000");
		}
	}

	boolean holds(@Nullable Object target, @Nullable Object[] arguments) {
		return this.expression == null || Boolean.TRUE.equals(this.expression
			.getValue(new MethodBasedEvaluationContext(target, this.method, arguments, NAMES), Boolean.class));
	}

}
