package io.redispatterns.cache.value;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;
import org.springframework.util.StringUtils;

/**
 * An expression that reads a value and can do nothing else.
 */
final class ValueExpression {

	private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding().build();

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final Expression expression;

	private ValueExpression(Expression expression) {
		this.expression = expression;
	}

	/**
	 * Parse an expression.
	 * @param property where it was set
	 * @param example one that parses, for messages
	 * @throws InvalidSettingException when it does not parse
	 */
	static ValueExpression parse(String property, String text, String example) {
		if (!StringUtils.hasText(text)) {
			throw invalid(property, text, "it is empty", example);
		}
		try {
			return new ValueExpression(PARSER.parseExpression(text));
		}
		catch (ParseException ex) {
			throw invalid(property, text, ex.getSimpleMessage(), example);
		}
	}

	private static InvalidSettingException invalid(String property, String text, String reason, String example) {
		return new InvalidSettingException(property, text, "be an expression on the value, and " + reason,
				"Write an expression such as " + example + ".");
	}

	/**
	 * What the expression gives.
	 * @param cache name of the cache, for messages
	 * @param use what the expression is for, for messages
	 * @throws ValueCodecException when it does not fit the value
	 */
	@Nullable Object of(String cache, String use, Object value) {
		try {
			return this.expression.getValue(CONTEXT, value);
		}
		catch (EvaluationException ex) {
			throw new ValueCodecException(
					"cache '%s' cannot store a '%s': the %s expression '%s' does not fit it, correct the expression"
						.formatted(cache, value.getClass().getName(), use, this.expression.getExpressionString()));
		}
	}

}
