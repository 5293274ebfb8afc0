package io.redispatterns.embedded;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches while no property says where Redis is or how to be let in.
 */
final class NoConnectionConfigured extends SpringBootCondition {

	private static final List<String> VALUES = List.of("url", "host", "port", "username", "password");

	private static final List<String> GROUPS = List.of("sentinel", "cluster", "masterreplica", "ssl");

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Binder binder = Binder.get(context.getEnvironment());
		ConditionMessage.Builder message = ConditionMessage.forCondition("No Redis connection");
		for (String value : VALUES) {
			if (binder.bind("spring.data.redis." + value, String.class).isBound()) {
				return ConditionOutcome.noMatch(message.found("property").items("spring.data.redis." + value));
			}
		}
		for (String group : GROUPS) {
			if (binder.bind("spring.data.redis." + group, Bindable.mapOf(String.class, Object.class))
				.map(Map::size)
				.orElse(0) > 0) {
				return ConditionOutcome.noMatch(message.found("properties").items("spring.data.redis." + group));
			}
		}
		return ConditionOutcome.match(message.because("no connection property is set"));
	}

}
