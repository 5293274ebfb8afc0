package io.redispatterns.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.session.store.SessionCommands;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.SessionSettings;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.UserIndex;
import io.redispatterns.session.value.AllowedPackages;
import io.redispatterns.session.value.AttributeCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Auto-configuration for what sessions of both kinds of web applications stand on. It
 * gives way to a repository of the application, and is there before Spring Boot's own.
 */
@AutoConfiguration(
		after = { RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class,
				CodecAutoConfiguration.class },
		beforeName = { "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
				"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration",
				"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisReactiveAutoConfiguration" })
@ConditionalOnWebApplication
@ConditionalOnClass({ Session.class, org.springframework.web.ErrorResponseException.class })
@ConditionalOnBean({ RedisExecutor.class, KeySpace.class, JsonValueCodecs.class })
@ConditionalOnMissingBean({ SessionRepository.class, ReactiveSessionRepository.class })
@ConditionalOnBooleanProperty(name = "redis.session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RedisSessionProperties.class)
public final class RedisSessionAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(RedisSessionAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	SessionIds redisSessionIds() {
		return new SessionIds(new SecureRandom());
	}

	@Bean
	@ConditionalOnMissingBean
	SessionClassResolver redisSessionClassResolver() {
		return (session) -> session.getAttribute(SessionClassResolver.ATTRIBUTE);
	}

	@Bean
	@ConditionalOnMissingBean
	SessionCookie redisSessionCookie(RedisSessionProperties properties, Environment environment) {
		SessionCookie cookie = ServerSessionSettings.of(environment).cookie(properties.cookie());
		if (!cookie.secure()) {
			logger.warn("The session cookie '{}' is also sent over HTTP, where others can read it: {}", cookie.name(),
					"'redis.session.cookie.secure' is false, or a profile of a developer is active");
		}
		return cookie;
	}

	@Bean
	@ConditionalOnMissingBean
	SessionCommands redisSessionCommands(RedisExecutor redis, KeySpace keySpace) {
		return new SessionCommands(redis, keySpace);
	}

	@Bean
	@ConditionalOnMissingBean
	AttributeCodec redisSessionAttributeCodec(JsonValueCodecs codecs, RedisSessionProperties properties,
			BeanFactory beans) {
		List<String> packages = properties.allowedPackages();
		if (packages.isEmpty() && AutoConfigurationPackages.has(beans)) {
			packages = AutoConfigurationPackages.get(beans);
		}
		return new AttributeCodec(codecs, new AllowedPackages(packages), getClass().getClassLoader());
	}

	@Bean
	@ConditionalOnMissingBean
	Sessions redisSessions(SessionCommands commands, AttributeCodec codec, SessionIds ids,
			RedisSessionProperties properties, Environment environment, SessionClassResolver classes) {
		Duration timeout = ServerSessionSettings.of(environment).timeout(properties.timeout());
		SessionTimeOuts timeOuts = new SessionTimeOuts(properties, timeout, classes);
		SessionSettings settings = new SessionSettings(timeOuts::of, properties.touchInterval(), properties.indexed());
		return new Sessions(commands, codec, ids, settings, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	UserIndex redisSessionUserIndex(SessionCommands commands, Sessions sessions) {
		return new UserIndex(commands, sessions.statistics());
	}

	/**
	 * Meters of the sessions.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SessionMetrics redisSessionMetrics(Sessions sessions) {
			return new SessionMetrics(sessions.statistics());
		}

	}

}
