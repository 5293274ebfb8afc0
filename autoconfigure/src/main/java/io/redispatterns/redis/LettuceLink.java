package io.redispatterns.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The native connection of a {@link LettuceConnectionFactory}, fetched on a thread of its
 * own: making it takes a lock and the connect timeout of the client. While there is none,
 * commands wait for one attempt and then go out in their order, before any that comes
 * later; they are refused at once when the attempt takes longer than callers are to wait,
 * and after a failed one until the next is due. A connection that is lost stays with the
 * client, which reconnects by itself.
 */
final class LettuceLink {

	private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

	private static final int MAX_WAITING = 1000;

	private final LettuceConnectionFactory factory;

	private final long patience;

	private volatile @Nullable StatefulConnection<byte[], byte[]> connection;

	/**
	 * Commands that wait for the attempt that is running, {@code null} when none is.
	 */
	private @Nullable List<Waiting<?>> waiting;

	private @Nullable RedisFailureException failure;

	private long begun;

	LettuceLink(LettuceConnectionFactory factory, Duration patience) {
		this.factory = factory;
		this.patience = patience.toNanos();
	}

	/**
	 * Send a command at once, or as soon as there is a connection.
	 */
	<T> CompletableFuture<T> send(Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
		StatefulConnection<byte[], byte[]> current = current();
		return (current != null) ? command.apply(current) : sendLater(command);
	}

	private synchronized <T> CompletableFuture<T> sendLater(
			Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
		StatefulConnection<byte[], byte[]> current = current();
		if (current != null) {
			return command.apply(current);
		}
		long elapsed = System.nanoTime() - this.begun;
		if (this.waiting == null && (this.failure == null || elapsed > RETRY_NANOS)) {
			begin();
		}
		else if (this.waiting != null && (elapsed > this.patience || this.waiting.size() >= MAX_WAITING)) {
			return CompletableFuture.failedFuture(
					new RedisFailureException(Kind.AWAY, "The connection to the server is still being made", null));
		}
		if (this.waiting == null) {
			return CompletableFuture.failedFuture(this.failure);
		}
		Waiting<T> later = new Waiting<>(command);
		this.waiting.add(later);
		return later.reply;
	}

	private void begin() {
		this.connection = null;
		this.waiting = new ArrayList<>();
		this.begun = System.nanoTime();
		Thread thread = new Thread(this::attempt, "redis-patterns-connect");
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			this.waiting = null;
			this.failure = away(ex);
		}
	}

	private void attempt() {
		try {
			StatefulConnection<byte[], byte[]> fetched = fetch();
			if (isUsable(fetched)) {
				greet(fetched);
				opened(fetched);
			}
			else {
				failed(new RedisFailureException(Kind.AWAY, "The connection is lost and not yet made again", null));
			}
		}
		catch (Throwable ex) {
			failed(away(ex));
		}
	}

	private void opened(StatefulConnection<byte[], byte[]> fetched) {
		List<Waiting<?>> sent;
		synchronized (this) {
			sent = end();
			sent.forEach((command) -> command.send(fetched));
			this.failure = null;
			this.connection = fetched;
		}
		sent.forEach(Waiting::relay);
	}

	private void failed(RedisFailureException ex) {
		List<Waiting<?>> refused;
		synchronized (this) {
			refused = end();
			this.failure = ex;
		}
		refused.forEach((command) -> command.reply.completeExceptionally(ex));
	}

	private List<Waiting<?>> end() {
		List<Waiting<?>> commands = (this.waiting != null) ? this.waiting : List.of();
		this.waiting = null;
		return commands;
	}

	/**
	 * The connection, when it can be used at once.
	 */
	private @Nullable StatefulConnection<byte[], byte[]> current() {
		StatefulConnection<byte[], byte[]> current = this.connection;
		return (current != null && isUsable(current)) ? current : null;
	}

	@SuppressWarnings("unchecked")
	private StatefulConnection<byte[], byte[]> fetch() {
		Object commands = this.factory.getConnection().getNativeConnection();
		return ((AbstractRedisAsyncCommands<byte[], byte[]>) commands).getConnection();
	}

	/**
	 * Exchange a first command, whose classes the first caller would wait for. What the
	 * server says to it, and whether in time, is for the commands that follow.
	 */
	private void greet(StatefulConnection<byte[], byte[]> fetched) throws InterruptedException {
		AsyncCommand<byte[], byte[], String> ping = new AsyncCommand<>(new Command<>(CommandType.PING,
				new StatusOutput<>(ByteArrayCodec.INSTANCE), new CommandArgs<>(ByteArrayCodec.INSTANCE)));
		fetched.dispatch(ping);
		ping.await(this.patience, TimeUnit.NANOSECONDS);
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

	private static RedisFailureException away(Throwable ex) {
		return RedisFailureException.of(Kind.AWAY, "No connection to the server", ex,
				RedisCommandExecutionException.class::isInstance);
	}

	/**
	 * A command that is sent under the lock, for the order, and answered outside of it.
	 */
	private static final class Waiting<T> {

		private final Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command;

		private final CompletableFuture<T> reply = new CompletableFuture<>();

		private @Nullable CompletableFuture<T> sent;

		private Waiting(Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
			this.command = command;
		}

		private void send(StatefulConnection<byte[], byte[]> connection) {
			if (!this.reply.isDone()) {
				this.sent = this.command.apply(connection);
			}
		}

		private void relay() {
			if (this.sent != null) {
				this.sent.whenComplete((result, ex) -> {
					if (ex != null) {
						this.reply.completeExceptionally(ex);
					}
					else {
						this.reply.complete(result);
					}
				});
			}
		}

	}

}
