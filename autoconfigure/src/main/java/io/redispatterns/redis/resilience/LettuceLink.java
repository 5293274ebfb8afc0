package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The native connection of a {@link LettuceConnectionFactory}, fetched on a thread of its
 * own: making it takes a lock and the connect timeout of the client. While there is none,
 * commands wait for one attempt and then go out in their order, before any that comes
 * later; they are refused at once when the attempt takes longer than callers are to wait,
 * and after a failed one until the next is due. A connection that is lost stays with the
 * client, which makes it again by itself, asking Sentinel for the master.
 */
final class LettuceLink {

	private static final long RETRY_NANOS = Duration.ofMillis(250).toNanos();

	private static final int MAX_WAITING = 1000;

	private final LettuceConnectionFactory factory;

	private final LettuceChannels channels;

	private final Failures failures;

	private final long patience;

	private volatile @Nullable StatefulConnection<byte[], byte[]> connection;

	/**
	 * Commands that wait for the attempt that is running, {@code null} when none is.
	 */
	private @Nullable List<WaitingCommand<?>> waiting;

	private @Nullable RedisFailureException failure;

	private long begun;

	private volatile @Nullable Thread attempt;

	LettuceLink(LettuceConnectionFactory factory, Failures failures, Duration patience, LettuceChannels channels) {
		this.factory = factory;
		this.channels = channels;
		this.failures = failures;
		this.patience = patience.toNanos();
	}

	/**
	 * Send a command at once, or as soon as there is a connection.
	 */
	<T> CompletableFuture<T> send(Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
		StatefulConnection<byte[], byte[]> current = this.connection;
		return (current != null && LettuceChannels.isUsable(current)) ? command.apply(current) : sendLater(command);
	}

	private synchronized <T> CompletableFuture<T> sendLater(
			Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
		StatefulConnection<byte[], byte[]> current = this.connection;
		if (current != null && LettuceChannels.isUsable(current)) {
			return command.apply(current);
		}
		if (current != null && LettuceChannels.isMadeAgain(current)) {
			return CompletableFuture.failedFuture(
					new RedisFailureException(Kind.AWAY, "The connection is lost and not yet made again", null));
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
		WaitingCommand<T> later = new WaitingCommand<>(command);
		this.waiting.add(later);
		return later.reply;
	}

	/**
	 * Have the connection to the server of a key made again.
	 */
	void renew(byte[] key) {
		StatefulConnection<byte[], byte[]> current = this.connection;
		if (current != null) {
			this.channels.renew(current, key);
		}
	}

	/**
	 * End an attempt that is going on, which holds the lock of the factory.
	 */
	void stop() {
		Thread thread = this.attempt;
		if (thread != null) {
			thread.interrupt();
		}
	}

	private void begin() {
		this.waiting = new ArrayList<>();
		this.begun = System.nanoTime();
		Thread thread = new Thread(this::attempt, "redis-patterns-connect");
		thread.setDaemon(true);
		try {
			thread.start();
			this.attempt = thread;
		}
		catch (OutOfMemoryError ex) {
			this.waiting = null;
			this.failure = this.failures.unsent(ex);
		}
	}

	private void attempt() {
		try {
			StatefulConnection<byte[], byte[]> fetched = fetch();
			if (LettuceChannels.isUsable(fetched)) {
				this.channels.watch(fetched);
				greet(fetched);
				opened(fetched);
			}
			else {
				failed(new RedisFailureException(Kind.AWAY, "The connection is lost and not yet made again", null));
			}
		}
		catch (Throwable ex) {
			failed(this.failures.unsent(ex));
		}
		finally {
			this.attempt = null;
		}
	}

	private void opened(StatefulConnection<byte[], byte[]> fetched) {
		List<WaitingCommand<?>> sent;
		synchronized (this) {
			sent = end();
			sent.forEach((command) -> command.send(fetched));
			this.failure = null;
			this.connection = fetched;
		}
		sent.forEach(WaitingCommand::relay);
	}

	private void failed(RedisFailureException ex) {
		List<WaitingCommand<?>> refused;
		synchronized (this) {
			refused = end();
			this.failure = ex;
		}
		refused.forEach((command) -> command.reply.completeExceptionally(ex));
	}

	private List<WaitingCommand<?>> end() {
		List<WaitingCommand<?>> commands = (this.waiting != null) ? this.waiting : List.of();
		this.waiting = null;
		return commands;
	}

	/**
	 * Fetch the shared connection, a new one when the last is closed for good.
	 */
	private StatefulConnection<byte[], byte[]> fetch() {
		StatefulConnection<byte[], byte[]> fetched = shared();
		if (fetched == this.connection && !LettuceChannels.isUsable(fetched)) {
			this.factory.resetConnection();
			fetched = shared();
		}
		return fetched;
	}

	@SuppressWarnings("unchecked")
	private StatefulConnection<byte[], byte[]> shared() {
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
	 * A command that waits for a connection: sent under the lock of the link, for the
	 * order, and answered outside of it.
	 */
	private static final class WaitingCommand<T> {

		private final Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command;

		private final CompletableFuture<T> reply = new CompletableFuture<>();

		private @Nullable CompletableFuture<T> sent;

		private WaitingCommand(Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
			this.command = command;
		}

		void send(StatefulConnection<byte[], byte[]> connection) {
			if (!this.reply.isDone()) {
				this.sent = this.command.apply(connection);
			}
		}

		void relay() {
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
