package io.redispatterns.redis;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties that every pattern shares.
 *
 * @param namespace First part of every key and channel; the application name when not
 * set.
 */
@ConfigurationProperties("redis")
public record RedisPatternsProperties(@Nullable String namespace) {

}
