package io.redispatterns.cache.entry;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.redispatterns.redis.InvalidSettingException;

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

	private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding().build();

	private final List<Expression> expressions;

	private ValueTags(List<Expression> expressions) {
		this.expressions = expressions;
	}

	public static ValueTags of(String cache, List<String> expressions) {
		SpelExpressionParser parser = new SpelExpressionParser();
		return new ValueTags(expressions.stream().map((text) -> parse(parser, cache, text)).toList());
	}

	/**
	 * The tags of a value.
	 * @throws EvaluationException when an expression does not fit the value
	 * @throws IllegalArgumentException when there are too many
	 */
	public Set<String> of(Object value) {
		if (this.expressions.isEmpty()) {
			return Set.of();
		}
		Set<String> tags = new LinkedHashSet<>();
		for (Expression expression : this.expressions) {
			Object result = expression.getValue(CONTEXT, value);
			if (result instanceof Collection<?> several) {
				several.forEach((tag) -> tags.add(String.valueOf(tag)));
			}
			else if (result != null) {
				tags.add(result.toString());
			}
		}
		if (tags.size() > MAX_TAGS) {
			throw new IllegalArgumentException(
					"'tags' must give at most %d tags but gave %d".formatted(MAX_TAGS, tags.size()));
		}
		return tags;
	}

	private static Expression parse(SpelExpressionParser parser, String cache, String text) {
		try {
			return parser.parseExpression(text);
		}
		catch (ParseException ex) {
			throw new InvalidSettingException("redis.cache.caches." + cache + ".tags", text,
					"be an expression on the value, and " + ex.getSimpleMessage(),
					"Write an expression such as \"'artist:' + artistId\".");
		}
	}

}
