package io.redispatterns.cache.entry;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * Tags of a value, by expressions that read the value and can do nothing else.
 */
public final class ValueTags {

	private static final int MAX_TAGS = 16;

	private static final int MAX_LENGTH = 1024;

	private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding().build();

	private final String cache;

	private final List<Expression> expressions;

	private ValueTags(String cache, List<Expression> expressions) {
		this.cache = cache;
		this.expressions = expressions;
	}

	/**
	 * Parse expressions.
	 * @param cache name of the cache, for messages
	 * @param property where the expressions were set
	 * @param expressions the expressions
	 * @return the tags
	 * @throws InvalidSettingException when an expression does not parse
	 */
	public static ValueTags of(String cache, String property, List<String> expressions) {
		SpelExpressionParser parser = new SpelExpressionParser();
		return new ValueTags(cache, expressions.stream().map((text) -> parse(parser, property, text)).toList());
	}

	/**
	 * The tags of a value.
	 * @throws ValueCodecException when an expression does not fit the value, or gives too
	 * much
	 */
	public Set<String> of(Object value) {
		if (this.expressions.isEmpty()) {
			return Set.of();
		}
		Set<String> tags = new LinkedHashSet<>();
		for (Expression expression : this.expressions) {
			Object result = evaluate(expression, value);
			Collection<?> several = (result instanceof Collection<?> collection) ? collection
					: Arrays.asList((result instanceof Object[] array) ? array : new Object[] { result });
			several.stream().filter(Objects::nonNull).forEach((tag) -> tags.add(tag.toString()));
		}
		if (tags.size() > MAX_TAGS || tags.stream().anyMatch((tag) -> tag.length() > MAX_LENGTH)) {
			throw new ValueCodecException(
					"cache '%s' cannot store a value with %d tags: 'tags' may give at most %d, of at most %d characters each"
						.formatted(this.cache, tags.size(), MAX_TAGS, MAX_LENGTH));
		}
		return tags;
	}

	private @Nullable Object evaluate(Expression expression, Object value) {
		try {
			return expression.getValue(CONTEXT, value);
		}
		catch (EvaluationException ex) {
			throw new ValueCodecException(
					"cache '%s' cannot store a '%s': the tags expression '%s' does not fit it, correct the expression"
						.formatted(this.cache, value.getClass().getName(), expression.getExpressionString()));
		}
	}

	private static Expression parse(SpelExpressionParser parser, String property, String text) {
		try {
			return parser.parseExpression(text);
		}
		catch (ParseException ex) {
			throw new InvalidSettingException(property, text,
					"be an expression on the value, and " + ex.getSimpleMessage(),
					"Write an expression such as \"'artist:' + artistId\".");
		}
	}

}
