package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.redispatterns.redis.Availability;
import io.redispatterns.redis.EventLoops;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The bounded wait for a reply, under a {@link Guard}. Stops before the connection
 * factory does.
 */
abstract class AbstractRedisExecutor implements RedisExecutor, Guard.Connection, SmartLifecycle {

	static final byte[] NO_KEY = {};

	static final LuaScript<Long> PROBE = LuaScript.returningNumber(AbstractRedisExecutor.class, "probe.lua");

	private static final int MAX_UNATTENDED = 1000;

	private final Guard guard;

	private final AtomicInteger unattended = new AtomicInteger();

	AbstractRedisExecutor(ResilienceProperties settings, Outages outages, Failures failures, int lanes) {
		this.guard = new Guard(settings, outages, failures, this, lanes);
	}

	/**
	 * The keys of a probe: none where every key is on one server, as long as none is in
	 * use. A user whose rights end with a namespace is denied the empty key.
	 */
	final byte[][] probed(byte[] key) {
		return (key.length == 0 && isSingleServer()) ? new byte[0][] : new byte[][] { key };
	}

	/**
	 * Send a command if the guard lets it pass.
	 */
	final <T> CompletableFuture<T> guarded(byte[] key, Supplier<CompletableFuture<T>> command) {
		RedisFailureException refusal = this.guard.refusal(key);
		return (refusal != null) ? CompletableFuture.failedFuture(refusal) : command.get();
	}

	@Override
	public final <T extends @Nullable Object> T await(CompletableFuture<T> reply) {
		if (!reply.isDone() && wouldWaitForItself()) {
			throw new RedisFailureException(Kind.TIMEOUT, "The client's event loop cannot wait for its own reply",
					null);
		}
		long begun = System.nanoTime();
		try {
			T result = reply.get(this.guard.commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
			this.guard.answered(System.nanoTime() - begun);
			return result;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisFailureException(Kind.TIMEOUT, "Interrupted while waiting for a reply", ex);
		}
		catch (TimeoutException ex) {
			reply.cancel(true);
			throw this.guard.timedOut(begun);
		}
		catch (ExecutionException | CancellationException ex) {
			throw this.guard.failed(ex);
		}
	}

	@Override
	public final <T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> reply) {
		long begun = System.nanoTime();
		if (reply.isDone()) {
			return translated(reply, begun);
		}
		if (this.unattended.incrementAndGet() > MAX_UNATTENDED) {
			reply.completeExceptionally(
					new RedisFailureException(Kind.AWAY, "Too many commands wait for a reply", null));
		}
		return translated(reply.orTimeout(this.guard.commandTimeout().toNanos(), TimeUnit.NANOSECONDS), begun)
			.whenComplete((result, ex) -> this.unattended.decrementAndGet());
	}

	private <T extends @Nullable Object> CompletableFuture<T> translated(CompletableFuture<T> reply, long begun) {
		return reply.handle((result, ex) -> {
			if (ex != null) {
				throw (Failures.unwrap(ex) instanceof TimeoutException) ? this.guard.timedOut(begun)
						: this.guard.failed(ex);
			}
			this.guard.answered(System.nanoTime() - begun);
			return result;
		});
	}

	@Override
	public final boolean mayWait() {
		return !EventLoops.contain(Thread.currentThread());
	}

	boolean wouldWaitForItself() {
		return false;
	}

	@Override
	public final long deadline(byte[] key) {
		long now = now(key);
		return (now != 0) ? now + this.guard.commandTimeout().toNanos() / 1000 : 0;
	}

	@Override
	public final Duration commandTimeout() {
		return this.guard.commandTimeout();
	}

	@Override
	public final long now(byte[] key) {
		return this.guard.now(key);
	}

	@Override
	public final boolean isSingleServer() {
		return this.guard.lanes() == 1;
	}

	@Override
	public final Availability availability() {
		return this.guard.outages();
	}

	final Guard guard() {
		return this.guard;
	}

	@Override
	public void start() {
		this.guard.start();
	}

	@Override
	public void stop() {
		this.guard.stop();
	}

	@Override
	public final boolean isRunning() {
		return this.guard.isRunning();
	}

	@Override
	public final int getPhase() {
		return 1;
	}

}
