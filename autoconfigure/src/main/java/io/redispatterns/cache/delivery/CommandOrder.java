package io.redispatterns.cache.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the commands of one cache in the order of its callers and ends them in time.
 * <p>
 * A thread that may wait has its write acknowledged before it goes on. For one that must
 * not, a write holds back what this node reads and writes of the same key, so that the
 * order of the calls is the order of their effects. Keys share 64 places; a clear takes
 * all of them.
 */
public final class CommandOrder {

	private static final int PLACES = Long.SIZE;

	private static final long EVERYWHERE = -1L;

	private final RedisExecutor redis;

	private final AtomicInteger unfinished = new AtomicInteger();

	private final @Nullable CompletableFuture<?>[] last = new CompletableFuture<?>[PLACES];

	public CommandOrder(RedisExecutor redis) {
		this.redis = redis;
	}

	public boolean mayWait() {
		return this.redis.mayWait();
	}

	public Duration commandTimeout() {
		return this.redis.commandTimeout();
	}

	/**
	 * Whether there is nothing to hold back.
	 */
	public boolean isIdle() {
		return this.unfinished.get() == 0;
	}

	/**
	 * Wait for a reply.
	 */
	public <T extends @Nullable Object> T await(CompletableFuture<T> reply) {
		return this.redis.await(reply);
	}

	/**
	 * End a reply in time without waiting for it.
	 */
	public <T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> reply) {
		return this.redis.bounded(reply);
	}

	/**
	 * Send a command once the writes before it are done.
	 * @param keys the keys it reads or writes, none for all
	 */
	public <T extends @Nullable Object> CompletableFuture<T> send(Supplier<CompletableFuture<T>> command,
			byte[]... keys) {
		return isIdle() ? command.get() : sendAfter(command, places(keys));
	}

	/**
	 * Send a write that holds back what comes after it until it is done, or its time is
	 * up.
	 * @param failed told of a failure before that ends
	 * @param keys the keys it writes, none for all
	 */
	public synchronized <T extends @Nullable Object> CompletableFuture<T> hold(Supplier<CompletableFuture<T>> write,
			Consumer<RedisFailureException> failed, byte[]... keys) {
		long places = places(keys);
		CompletableFuture<T> reply = bounded(sendAfter(write, places)).whenComplete((done, ex) -> {
			if (ex != null) {
				failed.accept(failure(ex));
			}
		});
		this.unfinished.incrementAndGet();
		CompletableFuture<?> finished = reply.handle((done, ex) -> this.unfinished.decrementAndGet());
		occupied(places).forEach((place) -> this.last[place] = finished);
		return reply;
	}

	/**
	 * Wait, on no thread, for the writes that hold back what comes after them.
	 * @param keys the keys they write, none for all
	 * @return completed when each of them is acknowledged, or has failed and is noted
	 */
	public CompletableFuture<@Nullable Void> settled(byte[]... keys) {
		return isIdle() ? CompletableFuture.completedFuture(null) : CompletableFuture.allOf(before(places(keys)));
	}

	private synchronized <T extends @Nullable Object> CompletableFuture<T> sendAfter(
			Supplier<CompletableFuture<T>> command, long places) {
		CompletableFuture<?>[] before = before(places);
		return (before.length == 0) ? command.get()
				: CompletableFuture.allOf(before).thenCompose((done) -> command.get());
	}

	private synchronized CompletableFuture<?>[] before(long places) {
		return occupied(places).mapToObj((place) -> this.last[place])
			.filter((write) -> write != null && !write.isDone())
			.distinct()
			.toArray(CompletableFuture<?>[]::new);
	}

	/**
	 * What has ended a bounded reply.
	 */
	public static RedisFailureException failure(Throwable ex) {
		return (RedisFailureException) ((ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause()
				: ex);
	}

	private static long places(byte[]... keys) {
		long places = 0;
		for (byte[] key : keys) {
			places |= 1L << (Arrays.hashCode(key) & (PLACES - 1));
		}
		return (keys.length == 0) ? EVERYWHERE : places;
	}

	private static IntStream occupied(long places) {
		return IntStream.range(0, PLACES).filter((place) -> (places & (1L << place)) != 0);
	}

}
