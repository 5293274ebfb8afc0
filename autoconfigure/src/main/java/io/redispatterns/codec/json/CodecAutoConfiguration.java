package io.redispatterns.codec.json;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the codecs that turn values into bytes.
 */
@AutoConfiguration
@ConditionalOnClass(JsonMapper.class)
@EnableConfigurationProperties(CodecProperties.class)
public final class CodecAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JsonValueCodecs jsonValueCodecs(CodecProperties properties, ObjectProvider<ValueJsonCustomizer> customizers) {
		return new JsonValueCodecs(properties.allowedClasses(), customizers.orderedStream().toList());
	}

}
