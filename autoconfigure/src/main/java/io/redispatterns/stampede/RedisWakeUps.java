package io.redispatterns.stampede;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.backoff.BackOffExecution;

/**
 * The messages that tell of leases that have ended, heard on one connection for all
 * caches, which is made when a lease is found taken. What fails is tried again when one
 * is found taken the next time.
 */
final class RedisWakeUps {

	private static final Logger logger = LoggerFactory.getLogger(RedisWakeUps.class);

	private static final int ENOUGH = 2;

	private static final long RENEWAL = Duration.ofSeconds(5).toNanos();

	private final RedisConnectionFactory factory;

	final Waiters waiters = new Waiters();

	private final Set<ByteBuffer> channels = ConcurrentHashMap.newKeySet();

	private final CustomizableThreadFactory threads = new CustomizableThreadFactory("redis-patterns-wake-ups-");

	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), this.threads);

	private final AtomicInteger missed = new AtomicInteger();

	private final AtomicLong renewedAt = new AtomicLong(System.nanoTime() - RENEWAL);

	private @Nullable Subscriptions subscriptions;

	private volatile boolean closed;

	RedisWakeUps(RedisConnectionFactory factory) {
		this.factory = factory;
		this.threads.setDaemon(true);
		this.thread.allowCoreThreadTimeOut(true);
	}

	/**
	 * Listen to the channel of a cache from soon on, unless this does.
	 */
	void listen(byte[] channel) {
		if (!this.closed && this.channels.add(ByteBuffer.wrap(channel))) {
			this.thread.execute(() -> subscribe(new String(channel, StandardCharsets.UTF_8)));
		}
	}

	private synchronized void subscribe(String channel) {
		try {
			if (this.closed) {
				return;
			}
			Subscriptions current = this.subscriptions;
			if (current == null) {
				current = new Subscriptions();
				this.subscriptions = current;
				current.setConnectionFactory(this.factory);
				current.setTaskExecutor(Runnable::run);
				current.setSubscriptionExecutor((work) -> this.threads.newThread(work).start());
				current.afterPropertiesSet();
				current.start();
			}
			current.addMessageListener(new Listener(), new ChannelTopic(channel));
		}
		catch (RuntimeException ex) {
			logger.debug("Wake-ups are not heard, waits end with their leases", ex);
			end();
		}
	}

	/**
	 * Take note that a message was missed, or is late. With the second one, and none that
	 * came between, the connection may be dead.
	 */
	void missed() {
		if (this.missed.incrementAndGet() < ENOUGH) {
			return;
		}
		long last = this.renewedAt.get();
		long now = System.nanoTime();
		if (!this.closed && now - last > RENEWAL && this.renewedAt.compareAndSet(last, now)) {
			this.thread.execute(this::end);
		}
	}

	/**
	 * End the connection, to be made again when a lease is found taken.
	 */
	private synchronized void end() {
		Subscriptions current = this.subscriptions;
		this.subscriptions = null;
		this.channels.clear();
		if (current != null) {
			try {
				current.destroy();
			}
			catch (Exception ex) {
				logger.debug("A subscription did not end", ex);
			}
		}
	}

	/**
	 * Connect when asked to from now on, or end the connection and make none.
	 */
	void mayConnect(boolean allowed) {
		this.closed = !allowed;
		if (!allowed) {
			end();
		}
	}

	/**
	 * Wakes those who wait, also when a subscription begins, before which a message may
	 * have gone unheard.
	 */
	private final class Listener implements MessageListener, SubscriptionListener {

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			RedisWakeUps.this.missed.set(0);
			RedisWakeUps.this.waiters.wake(message.getBody());
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			RedisWakeUps.this.waiters.wakeAll();
		}

	}

	/**
	 * A container that gives up when its connection is lost.
	 */
	private final class Subscriptions extends RedisMessageListenerContainer {

		@Override
		protected void handleSubscriptionException(CompletableFuture<Void> future, BackOffExecution backOff,
				Throwable cause) {
			future.completeExceptionally(cause);
			if (!RedisWakeUps.this.closed) {
				RedisWakeUps.this.thread.execute(RedisWakeUps.this::end);
			}
		}

	}

}
