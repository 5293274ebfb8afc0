package io.redispatterns.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of sessions.
 *
 * @param enabled Whether sessions are kept in Redis by this starter.
 * @param timeout Time from its last use on after which a session ends; else that of
 * server.servlet.session or server.reactive.session, else 30m.
 * @param absoluteTimeout Time from its begin or last login on after which a session ends
 * in any case; 0 for none.
 * @param classes Time-outs of single classes of sessions by name, before the general
 * ones.
 * @param cookie Cookie that holds the identifier; what is not set here is as
 * server.servlet.session.cookie or server.reactive.session.cookie has it.
 * @param indexed Whether the sessions of a user can be listed and revoked.
 * @param touchInterval Time for which a session that is only read is not written, at most
 * half of its timeout.
 * @param allowedPackages Packages whose classes may be stored in a session; those of the
 * application when not set.
 */
@ConfigurationProperties("redis.session")
public record RedisSessionProperties(@DefaultValue("true") boolean enabled, @Nullable Duration timeout,
		@DefaultValue("30d") Duration absoluteTimeout, @DefaultValue Map<String, ClassTimeOuts> classes,
		@DefaultValue @NestedConfigurationProperty CookieSettings cookie, @DefaultValue("true") boolean indexed,
		@DefaultValue("60s") Duration touchInterval, @DefaultValue List<String> allowedPackages) {

	public RedisSessionProperties {
		requireSecond("timeout", timeout);
		requireAbsolute("absolute-timeout", absoluteTimeout);
		InvalidSettingException.requireNotNegative("touch-interval", touchInterval, "or 0 to write it each time");
		classes.forEach((name, timeOuts) -> {
			requireSecond("classes." + name + ".timeout", timeOuts.timeout());
			requireAbsolute("classes." + name + ".absolute-timeout", timeOuts.absoluteTimeout());
		});
		for (String each : allowedPackages) {
			if (!each.matches("[\\p{javaJavaIdentifierPart}.]*[\\p{javaJavaIdentifierPart}]")) {
				throw new InvalidSettingException("allowed-packages", each, "be the name of a package",
						"Name packages as 'com.acme.shop', without a wildcard.");
			}
		}
	}

	private static void requireSecond(String key, @Nullable Duration timeout) {
		if (timeout != null && timeout.toMillis() < 1000) {
			throw new InvalidSettingException(key, timeout, "be at least 1s",
					"Set a duration such as '30m', or remove the property.");
		}
	}

	private static void requireAbsolute(String key, @Nullable Duration timeout) {
		if (timeout != null && !timeout.isZero()) {
			requireSecond(key, timeout);
		}
	}

	/**
	 * Time-outs of a class of sessions.
	 *
	 * @param timeout Time from its last use on after which such a session ends.
	 * @param absoluteTimeout Time from its begin or last login on after which such a
	 * session ends in any case; 0 for none.
	 */
	public record ClassTimeOuts(@Nullable Duration timeout, @Nullable Duration absoluteTimeout) {

	}

}
