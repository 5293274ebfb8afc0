package io.redispatterns.write;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.StringUtils;

/**
 * An expression of an annotation.
 */
final class WriteExpression {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final Method method;

	private final String attribute;

	private final Expression expression;

	private WriteExpression(Method method, String attribute, Expression expression) {
		this.method = method;
		this.attribute = attribute;
		this.expression = expression;
	}

	/**
	 * Parse an attribute.
	 * @return the expression, {@code null} when the attribute is empty
	 * @throws InvalidWriteThroughException when it does not parse
	 */
	static @Nullable WriteExpression parse(Method method, String attribute, String text) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			return new WriteExpression(method, attribute, PARSER.parseExpression(text));
		}
		catch (ParseException ex) {
			throw new InvalidWriteThroughException(method,
					"has the %s '%s', which is no expression: %s".formatted(attribute, text, ex.getSimpleMessage()),
					"Write an expression such as \"#result.id()\" or \"#id\".");
		}
	}

	boolean isOfResult() {
		return this.expression.getExpressionString().contains("#result");
	}

	/**
	 * What the expression gives.
	 * @throws InvalidWriteThroughException when it does not fit the call
	 */
	@Nullable Object of(WriteCall call, @Nullable Object result) {
		try {
			return this.expression.getValue(call.context(result));
		}
		catch (EvaluationException ex) {
			InvalidWriteThroughException failure = new InvalidWriteThroughException(this.method,
					"has the %s '%s', which does not fit %s: %s".formatted(this.attribute,
							this.expression.getExpressionString(),
							(result != null) ? "the call" : "a call without a result",
							(ex.getMessage() != null) ? ex.getMessage().lines().findFirst().orElse("") : ""),
					"Correct the expression, or exclude such calls by 'condition' or 'unless'.");
			failure.initCause(ex);
			throw failure;
		}
	}

	boolean isTrue(WriteCall call, @Nullable Object result) {
		return Boolean.TRUE.equals(of(call, result));
	}

}
