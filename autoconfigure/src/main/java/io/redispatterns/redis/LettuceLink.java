package io.redispatterns.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * The native connection of a {@link LettuceConnectionFactory}, fetched on a thread of its
 * own: making it takes a lock and the connect timeout of the client. While there is none,
 * callers share one attempt; after a failed attempt they are refused until the next is
 * due. A connection that is lost stays with the client, which reconnects by itself.
 */
final class LettuceLink {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.scheduler.NonBlocking",
			LettuceLink.class.getClassLoader());

	private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

	private final LettuceConnectionFactory factory;

	private volatile @Nullable StatefulConnection<byte[], byte[]> connection;

	private volatile @Nullable Attempt attempt;

	LettuceLink(LettuceConnectionFactory factory) {
		this.factory = factory;
	}

	/**
	 * The connection, when it can be used at once.
	 */
	@Nullable StatefulConnection<byte[], byte[]> current() {
		StatefulConnection<byte[], byte[]> current = this.connection;
		return (current != null && isUsable(current)) ? current : null;
	}

	/**
	 * The connection when it is there, or the attempt to make it.
	 */
	CompletableFuture<StatefulConnection<byte[], byte[]>> connection() {
		StatefulConnection<byte[], byte[]> current = current();
		if (current != null) {
			return CompletableFuture.completedFuture(current);
		}
		Attempt running = this.attempt;
		if (running == null || running.isOver()) {
			running = begin(running);
		}
		return running.result();
	}

	private synchronized Attempt begin(@Nullable Attempt over) {
		Attempt other = this.attempt;
		if (other != null && other != over) {
			return other;
		}
		Attempt begun = new Attempt(new CompletableFuture<>(), System.nanoTime());
		this.attempt = begun;
		Thread thread = new Thread(() -> run(begun), "redis-patterns-connect");
		thread.setDaemon(true);
		thread.start();
		return begun;
	}

	private void run(Attempt begun) {
		try {
			StatefulConnection<byte[], byte[]> fetched = fetch();
			if (!isUsable(fetched)) {
				throw new RedisFailureException(Kind.AWAY, "The connection is lost and not yet made again", null);
			}
			this.connection = fetched;
			begun.result().complete(fetched);
		}
		catch (Throwable ex) {
			begun.result().completeExceptionally(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private StatefulConnection<byte[], byte[]> fetch() {
		Object commands = this.factory.getConnection().getNativeConnection();
		return ((AbstractRedisAsyncCommands<byte[], byte[]>) commands).getConnection();
	}

	/**
	 * A cluster's connection stands for many: it is lost only when it was closed.
	 */
	private static boolean isUsable(StatefulConnection<byte[], byte[]> connection) {
		if (connection instanceof StatefulRedisClusterConnection) {
			return !((RedisChannelHandler<?, ?>) connection).isClosed();
		}
		return connection.isOpen();
	}

	static boolean isEventLoop(Thread thread) {
		return thread instanceof FastThreadLocalThread || (REACTOR && NonBlockingThreads.contains(thread));
	}

	/**
	 * Whether replies arrive on this thread, or on one that the same client shares.
	 */
	static boolean isOwnEventLoop(Thread thread) {
		return thread instanceof FastThreadLocalThread && thread.getName().startsWith("lettuce-");
	}

	private record Attempt(CompletableFuture<StatefulConnection<byte[], byte[]>> result, long begun) {

		boolean isOver() {
			return this.result.isDone()
					&& (!this.result.isCompletedExceptionally() || System.nanoTime() - this.begun > RETRY_NANOS);
		}

	}

	private static final class NonBlockingThreads {

		static boolean contains(Thread thread) {
			return thread instanceof reactor.core.scheduler.NonBlocking;
		}

	}

}
