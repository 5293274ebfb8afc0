package io.redispatterns.sample.panel;

import java.time.Duration;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells whether Redis answers, and for how long the shop has
 * done without it.
 */
@Component
@Order(3)
final class RedisSection implements PanelSection {

	private final RedisExecutor redis;

	RedisSection(RedisExecutor redis) {
		this.redis = redis;
	}

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public Redis read() {
		Double ping = ping();
		Duration outage = this.redis.availability().length();
		return (outage != null) ? new Redis("degraded", ping, outage.toSeconds()) : new Redis("up", ping, null);
	}

	private @Nullable Double ping() {
		long start = System.nanoTime();
		try {
			this.redis.await(this.redis.time());
			return (System.nanoTime() - start) / 1_000_000.0;
		}
		catch (RedisFailureException ex) {
			return null;
		}
	}

	/**
	 * The state of Redis as this node sees it: {@code up}, or {@code degraded} for some
	 * seconds, with the time of a ping when it was answered.
	 */
	record Redis(String state, @Nullable Double pingMillis, @Nullable Long degradedSeconds) {
	}

}
