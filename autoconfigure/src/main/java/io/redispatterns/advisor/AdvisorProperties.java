package io.redispatterns.advisor;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what operators see.
 *
 * @param enabled Whether there is an actuator endpoint for the patterns.
 */
@ConfigurationProperties("redis.advisor")
public record AdvisorProperties(@DefaultValue("true") boolean enabled) {

}
