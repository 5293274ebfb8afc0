package io.redispatterns.cache.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.InvalidSettingException;

/**
 * Tags of a value, by expressions that read the value and can do nothing else.
 */
public final class ValueTags {

	private static final String EXAMPLE = "\"'artist:' + artistId\"";

	private static final int MAX_TAGS = 16;

	private static final int MAX_LENGTH = 1024;

	private final String cache;

	private final List<ValueExpression> expressions;

	private ValueTags(String cache, List<ValueExpression> expressions) {
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
		return new ValueTags(cache,
				expressions.stream().map((text) -> ValueExpression.parse(property, text, EXAMPLE)).toList());
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
		for (ValueExpression expression : this.expressions) {
			Object result = expression.of(this.cache, "tags", value);
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

}
