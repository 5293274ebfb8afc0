package io.redispatterns.session;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.web.context.reactive.ConfigurableReactiveWebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/**
 * What Spring Boot's own keys say of sessions, for those that are not set under
 * {@code redis.session}.
 */
final class ServerSessionSettings {

	private static final Duration TIMEOUT = Duration.ofMinutes(30);

	private static final Profiles DEVELOPMENT = Profiles.of("dev", "development", "local", "test");

	private final Environment environment;

	private final String prefix;

	private ServerSessionSettings(Environment environment, String prefix) {
		this.environment = environment;
		this.prefix = prefix;
	}

	static ServerSessionSettings of(Environment environment) {
		boolean reactive = environment instanceof ConfigurableReactiveWebEnvironment;
		return new ServerSessionSettings(environment, reactive ? "server.reactive.session" : "server.servlet.session");
	}

	Duration timeout(@Nullable Duration configured) {
		if (configured != null) {
			return configured;
		}
		String key = this.prefix + ".timeout";
		String timeout = this.environment.getProperty(key);
		if (!StringUtils.hasText(timeout)) {
			return TIMEOUT;
		}
		Duration result = DurationStyle.detectAndParse(timeout, ChronoUnit.SECONDS);
		InvalidSettingException.requirePositive(key, result);
		return result;
	}

	SessionCookie cookie(CookieSettings configured) {
		CookieSettings others = Binder.get(this.environment)
			.bind(this.prefix + ".cookie", CookieSettings.class)
			.orElse(CookieSettings.NONE);
		boolean development = this.environment.acceptsProfiles(DEVELOPMENT);
		return SessionCookie.of(configured.orElse(others), development,
				this.environment.getProperty("server.servlet.context-path"));
	}

}
