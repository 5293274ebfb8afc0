package io.redispatterns.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.redispatterns.session.store.TimeOuts;

import org.springframework.session.Session;

/**
 * The time-outs of each class of sessions.
 */
final class SessionTimeOuts {

	private final TimeOuts general;

	private final Map<String, TimeOuts> classes = new HashMap<>();

	private final SessionClassResolver resolver;

	SessionTimeOuts(RedisSessionProperties properties, Duration timeout, SessionClassResolver resolver) {
		this.general = new TimeOuts(timeout, properties.absoluteTimeout());
		properties.classes()
			.forEach((name, each) -> this.classes.put(name,
					new TimeOuts(Objects.requireNonNullElse(each.timeout(), timeout),
							Objects.requireNonNullElse(each.absoluteTimeout(), properties.absoluteTimeout()))));
		this.resolver = resolver;
	}

	TimeOuts of(Session session) {
		String name = this.resolver.resolve(session);
		if (name == null) {
			return this.general;
		}
		TimeOuts timeOuts = this.classes.get(name);
		if (timeOuts == null) {
			throw new IllegalStateException(
					"A session is of class '%s', which has no time-outs under 'redis.session.classes.%s'"
						.formatted(name, name));
		}
		return timeOuts;
	}

}
