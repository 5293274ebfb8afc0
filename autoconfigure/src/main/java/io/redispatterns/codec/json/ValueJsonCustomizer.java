package io.redispatterns.codec.json;

import tools.jackson.databind.json.JsonMapper;

/**
 * Changes the JSON of stored values: a module, a mix-in, a feature.
 * <p>
 * Called once, in {@link org.springframework.core.annotation.Order} sequence, before the
 * first codec is made. Which classes the data may choose is not open to customization and
 * set afterwards.
 */
@FunctionalInterface
public interface ValueJsonCustomizer {

	/**
	 * Customize the builder of the mapper that all codecs share.
	 * @param builder the builder, with this package's defaults set
	 */
	void customize(JsonMapper.Builder builder);

}
