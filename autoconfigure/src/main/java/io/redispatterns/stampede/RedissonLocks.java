package io.redispatterns.stampede;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redisson locks of entries, and the client for them, which is made in the background
 * when one is asked for. There is none before, for a second after one has failed, and for
 * ten after there was no connection.
 */
final class RedissonLocks {

	private static final Logger logger = LoggerFactory.getLogger(RedissonLocks.class);

	private static final Duration REST = Duration.ofSeconds(1);

	private static final Duration REST_WITHOUT_CLIENT = Duration.ofSeconds(10);

	private final Supplier<Config> config;

	private final Keys keys;

	private final Duration patience;

	private final AtomicLong holders = new AtomicLong();

	private final AtomicBoolean making = new AtomicBoolean();

	private volatile long restUntil = System.nanoTime();

	private volatile RedissonEntryLock.@Nullable Commands commands;

	private @Nullable Redisson client;

	private volatile boolean closed;

	/**
	 * Create the locks without a client.
	 * @param config what to tell Redisson of the servers
	 * @param keys the keys of locks
	 * @param patience how long a caller waits for one
	 */
	RedissonLocks(Supplier<Config> config, Keys keys, Duration patience) {
		this.config = config;
		this.keys = keys;
		this.patience = patience;
	}

	/**
	 * The lock of an entry, for one caller.
	 * @param entry the key of the entry
	 * @return the lock, not taken; {@code null} when there is none for now
	 */
	@Nullable RedissonEntryLock lock(byte[] entry) {
		if (System.nanoTime() - this.restUntil < 0) {
			return null;
		}
		RedissonEntryLock.Commands ready = this.commands;
		if (ready == null) {
			begin();
			return null;
		}
		return new RedissonEntryLock(ready, name(entry), this.holders.incrementAndGet());
	}

	private String name(byte[] entry) {
		return new String(this.keys.key(new String(entry, StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
	}

	/**
	 * How long a caller waits for the answer whether he has a lock, in nanoseconds.
	 */
	long patience() {
		return this.patience.toNanos();
	}

	/**
	 * Take note of a lock that failed. Its exception is not logged: it holds what was
	 * sent.
	 */
	void failed(Throwable ex) {
		rest(REST, ex);
	}

	private void rest(Duration time, Throwable ex) {
		this.restUntil = System.nanoTime() + time.toNanos();
		logger.debug("No lock for {}, leases guard alone: {}", time, Failures.unwrap(ex).getClass().getSimpleName());
	}

	private void begin() {
		if (!this.closed && this.making.compareAndSet(false, true)) {
			Thread thread = new Thread(this::make, "redis-patterns-redisson");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void make() {
		try {
			keep((Redisson) Redisson.create(this.config.get()));
		}
		catch (RuntimeException | LinkageError ex) {
			rest(REST_WITHOUT_CLIENT, ex);
		}
		finally {
			this.making.set(false);
		}
	}

	private synchronized void keep(Redisson made) {
		if (this.closed) {
			made.shutdown(0, 0, TimeUnit.SECONDS);
			return;
		}
		this.client = made;
		this.commands = RedissonEntryLock.Commands.of(made);
	}

	/**
	 * Whether there is a client.
	 */
	boolean isReady() {
		return this.commands != null;
	}

	/**
	 * Connect when asked to from now on, or end the client and make none.
	 */
	synchronized void mayConnect(boolean allowed) {
		this.closed = !allowed;
		if (!allowed && this.client != null) {
			this.commands = null;
			this.client.shutdown(0, 1, TimeUnit.SECONDS);
			this.client = null;
		}
	}

}
