package io.redispatterns.redis;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/**
 * {@link RedisExecutor} on the native connection that Lettuce shares among all threads,
 * without the synchronous proxy and the converters on top of it.
 */
final class LettuceRedisExecutor extends AbstractRedisExecutor {

	private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

	private final LettuceLink link;

	LettuceRedisExecutor(LettuceLink link, Availability availability, ResilienceProperties properties) {
		super(availability, properties);
		this.link = link;
	}

	@Override
	public CompletableFuture<@Nullable byte[][]> get(byte[]... keys) {
		return send((connection) -> {
			if (keys.length > 1 && connection instanceof StatefulRedisClusterConnection) {
				return getFromCluster(connection, keys);
			}
			return dispatch(connection, CommandType.MGET, new BytesArrayOutput(keys.length), args().addKeys(keys));
		});
	}

	private CompletableFuture<@Nullable byte[][]> getFromCluster(StatefulConnection<byte[], byte[]> connection,
			byte[][] keys) {
		CompletableFuture<?>[] replies = new CompletableFuture<?>[keys.length];
		byte[][] values = new byte[keys.length][];
		for (int i = 0; i < keys.length; i++) {
			int index = i;
			replies[i] = dispatch(connection, CommandType.MGET, new BytesArrayOutput(1), args().addKey(keys[i]))
				.thenAccept((value) -> values[index] = value[0]);
		}
		return CompletableFuture.allOf(replies).thenApply((done) -> values);
	}

	@Override
	public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long timeToLive) {
		CommandArgs<byte[], byte[]> args = args().addKey(key).addValue(value).add("PX").add(timeToLive);
		return send((connection) -> dispatch(connection, CommandType.SET, new StatusOutput<>(CODEC), args))
			.thenApply((status) -> null);
	}

	@Override
	public CompletableFuture<Boolean> unlink(byte[] key) {
		return send((connection) -> dispatch(connection, CommandType.UNLINK, new BooleanOutput<>(CODEC),
				args().addKey(key)));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> CompletableFuture<T> run(LuaScript<T> script, byte[][] keys, byte[]... arguments) {
		CommandOutput<byte[], byte[], T> output = (CommandOutput<byte[], byte[], T>) output(script);
		return send((connection) -> dispatch(connection, CommandType.EVALSHA, output,
				scriptArgs(script.digest(), keys, arguments))
			.exceptionallyCompose((ex) -> {
				if (unwrap(ex) instanceof RedisNoScriptException) {
					return dispatch(connection, CommandType.EVAL, (CommandOutput<byte[], byte[], T>) output(script),
							scriptArgs(script.text(), keys, arguments));
				}
				return CompletableFuture.failedFuture(ex);
			}));
	}

	@Override
	public CompletableFuture<Long> time() {
		return send((connection) -> dispatch(connection, CommandType.TIME, new BytesArrayOutput(2), args()))
			.thenApply((time) -> parse(time[0]) * 1_000_000 + parse(time[1]));
	}

	@Override
	public void connect() {
		this.link.connection();
	}

	@Override
	public boolean mayWait() {
		return !LettuceLink.isEventLoop(Thread.currentThread());
	}

	@Override
	boolean wouldWaitForItself() {
		return LettuceLink.isOwnEventLoop(Thread.currentThread());
	}

	@Override
	boolean isConnecting() {
		return this.link.current() == null;
	}

	@Override
	boolean isErrorReply(Throwable ex) {
		return ex instanceof RedisCommandExecutionException;
	}

	private <T> CompletableFuture<T> send(Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
		StatefulConnection<byte[], byte[]> connection = this.link.current();
		return (connection != null) ? command.apply(connection) : this.link.connection().thenCompose(command);
	}

	private static <T> CompletableFuture<T> dispatch(StatefulConnection<byte[], byte[]> connection, CommandType type,
			CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
		AsyncCommand<byte[], byte[], T> command = new AsyncCommand<>(new Command<>(type, output, args));
		try {
			connection.dispatch(command);
		}
		catch (RuntimeException ex) {
			command.completeExceptionally(ex);
		}
		return command;
	}

	private static CommandArgs<byte[], byte[]> args() {
		return new CommandArgs<>(CODEC);
	}

	private static CommandArgs<byte[], byte[]> scriptArgs(String script, byte[][] keys, byte[][] arguments) {
		CommandArgs<byte[], byte[]> args = args().add(script).add(keys.length).addKeys(keys);
		for (byte[] argument : arguments) {
			args.add(argument);
		}
		return args;
	}

	private static CommandOutput<byte[], byte[], ?> output(LuaScript<?> script) {
		return switch (script.reply()) {
			case NUMBER -> new IntegerOutput<>(CODEC);
			case BYTES -> new ByteArrayOutput<>(CODEC);
		};
	}

	private static long parse(byte @Nullable [] number) {
		return (number != null) ? Long.parseLong(new String(number, StandardCharsets.US_ASCII)) : 0;
	}

	private static Throwable unwrap(Throwable ex) {
		return (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
	}

}
