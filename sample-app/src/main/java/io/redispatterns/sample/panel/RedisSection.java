package io.redispatterns.sample.panel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells whether Redis answers. However long Redis hangs, at
 * most one ping is under way and a reader waits {@value #WAIT_MILLIS} ms.
 */
@Component
@Order(2)
final class RedisSection implements PanelSection {

	private static final long WAIT_MILLIS = 200;

	private final RedisConnectionFactory connectionFactory;

	private @Nullable CompletableFuture<Double> ping;

	RedisSection(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public Redis read() {
		try {
			return new Redis("up", currentPing().get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException | ExecutionException ex) {
			return new Redis("down", null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Redis("down", null);
		}
	}

	private synchronized CompletableFuture<Double> currentPing() {
		if (this.ping == null || this.ping.isDone()) {
			this.ping = CompletableFuture.supplyAsync(this::ping);
		}
		return this.ping;
	}

	private double ping() {
		long start = System.nanoTime();
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.ping();
		}
		return (System.nanoTime() - start) / 1_000_000.0;
	}

	/**
	 * The state of Redis as this node sees it: {@code up} with the time of a ping, or
	 * {@code down}.
	 */
	record Redis(String state, @Nullable Double pingMillis) {
	}

}
