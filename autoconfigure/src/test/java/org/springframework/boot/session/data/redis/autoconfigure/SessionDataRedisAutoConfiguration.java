package org.springframework.boot.session.data.redis.autoconfigure;

import java.util.HashMap;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;

/**
 * A stand-in for Spring Boot's own auto-configuration, of the same name and with the same
 * condition, as the module that has it is not among the dependencies.
 */
@AutoConfiguration
@ConditionalOnMissingBean(SessionRepository.class)
public class SessionDataRedisAutoConfiguration {

	@Bean
	MapSessionRepository bootsSessions() {
		return new MapSessionRepository(new HashMap<>());
	}

}
