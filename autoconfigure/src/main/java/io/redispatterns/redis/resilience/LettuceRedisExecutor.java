package io.redispatterns.redis.resilience;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * {@link RedisExecutor} on the native connection that Lettuce shares among all threads,
 * without the synchronous proxy and the converters on top of it.
 */
final class LettuceRedisExecutor extends AbstractRedisExecutor {

	private static final int RETRIES = 20;

	private static final Executor SOON = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

	private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

	private static final Failures FAILURES = new Failures(RedisCommandExecutionException.class::isInstance);

	private final LettuceLink link;

	LettuceRedisExecutor(LettuceConnectionFactory factory, ResilienceProperties settings, Outages outages) {
		super(settings, outages, FAILURES, factory.isClusterAware() ? Guard.LANES_OF_A_CLUSTER : 1);
		this.link = new LettuceLink(factory, FAILURES, settings.connectTimeout(),
				new LettuceChannels(factory, guard(), FAILURES));
	}

	private <T> CompletableFuture<T> send(byte[] key,
			Function<StatefulConnection<byte[], byte[]>, CompletableFuture<T>> command) {
		return guarded(key, () -> this.link.send(command));
	}

	@Override
	public CompletableFuture<@Nullable byte[][]> get(byte[]... keys) {
		return send(keys[0], (connection) -> {
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
			replies[i] = guarded(keys[i],
					() -> dispatch(connection, CommandType.MGET, new BytesArrayOutput(1), args().addKey(keys[index])))
				.thenAccept((value) -> values[index] = value[0]);
		}
		return CompletableFuture.allOf(replies).thenApply((done) -> values);
	}

	@Override
	public CompletableFuture<@Nullable byte[][]> getFields(byte[] key, byte[]... fields) {
		return send(key, (connection) -> dispatch(connection, CommandType.HMGET, new BytesArrayOutput(fields.length),
				args().addKey(key).addValues(fields)));
	}

	@Override
	public CompletableFuture<Boolean> unlink(byte[] key) {
		return send(key, (connection) -> dispatch(connection, CommandType.UNLINK, new BooleanOutput<>(CODEC),
				args().addKey(key)));
	}

	@Override
	public <T> CompletableFuture<T> run(LuaScript<T> script, byte[][] keys, byte[]... arguments) {
		return send(keys[0], (connection) -> run(connection, script, keys, arguments));
	}

	private static <T> CompletableFuture<T> run(StatefulConnection<byte[], byte[]> connection, LuaScript<T> script,
			byte[][] keys, byte[]... arguments) {
		return knownOrNot((known) -> {
			AsyncCommand<byte[], byte[], T> run = command(known, script, keys, arguments);
			dispatch(() -> connection.dispatch(run), run);
			return run;
		});
	}

	@Override
	public <T, R> CompletableFuture<R> runAndGet(LuaScript<T> script, byte[][] keys, byte[][] arguments, byte[] other,
			BiFunction<T, byte @Nullable [], R> both) {
		return send(keys[0], (connection) -> knownOrNot((known) -> {
			AsyncCommand<byte[], byte[], T> run = command(known, script, keys, arguments);
			AsyncCommand<byte[], byte[], @Nullable byte[][]> get = command(CommandType.MGET, new BytesArrayOutput(1),
					args().addKey(other));
			// One write to the socket instead of two
			dispatch(() -> connection.dispatch(List.of(run, get)), run, get);
			return run.thenCombine(get, (result, value) -> both.apply(result, value[0]));
		}));
	}

	/**
	 * Send a script by its digest, and by its text to a server that does not know it.
	 */
	private static <R> CompletableFuture<R> knownOrNot(Function<Boolean, CompletableFuture<R>> send) {
		return sendAgain(send, true, RETRIES);
	}

	private static <R> CompletableFuture<R> sendAgain(Function<Boolean, CompletableFuture<R>> send, boolean known,
			int retries) {
		return send.apply(known).exceptionallyCompose((ex) -> {
			Throwable cause = Failures.unwrap(ex);
			if (cause instanceof RedisNoScriptException && known) {
				return sendAgain(send, false, retries);
			}
			// The slot moves to another node, and with it one key after another
			if (retries > 0 && cause != null && String.valueOf(cause.getMessage()).startsWith("TRYAGAIN")) {
				return CompletableFuture.supplyAsync(() -> sendAgain(send, known, retries - 1), SOON)
					.thenCompose((reply) -> reply);
			}
			return CompletableFuture.failedFuture(ex);
		});
	}

	@Override
	public CompletableFuture<Long> time() {
		return send(NO_KEY, (connection) -> dispatch(connection, CommandType.TIME, new BytesArrayOutput(2), args()))
			.thenApply((time) -> parse(time[0]) * 1_000_000 + parse(time[1]));
	}

	@Override
	public void connect() {
		this.link.send((connection) -> CompletableFuture.completedFuture(connection));
	}

	@Override
	public CompletableFuture<Long> probe(byte[] key) {
		return this.link.send((connection) -> run(connection, PROBE, probed(key)));
	}

	@Override
	public void renew(byte[] key) {
		this.link.renew(key);
	}

	@Override
	public void stop() {
		super.stop();
		this.link.stop();
	}

	@Override
	boolean wouldWaitForItself() {
		Thread thread = Thread.currentThread();
		return thread instanceof FastThreadLocalThread && thread.getName().startsWith("lettuce-");
	}

	private static <T> CompletableFuture<T> dispatch(StatefulConnection<byte[], byte[]> connection, CommandType type,
			CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
		AsyncCommand<byte[], byte[], T> command = command(type, output, args);
		dispatch(() -> connection.dispatch(command), command);
		return command;
	}

	private static void dispatch(Runnable sending, CompletableFuture<?>... commands) {
		try {
			sending.run();
		}
		catch (RuntimeException ex) {
			RedisFailureException failure = FAILURES.unsent(ex);
			Stream.of(commands).forEach((command) -> command.completeExceptionally(failure));
		}
	}

	private static <T> AsyncCommand<byte[], byte[], T> command(CommandType type,
			CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
		return new AsyncCommand<>(new Command<>(type, output, args));
	}

	private static CommandArgs<byte[], byte[]> args() {
		return new CommandArgs<>(CODEC);
	}

	@SuppressWarnings("unchecked")
	private static <T> AsyncCommand<byte[], byte[], T> command(boolean known, LuaScript<T> script, byte[][] keys,
			byte[]... arguments) {
		return command(known ? CommandType.EVALSHA : CommandType.EVAL,
				(CommandOutput<byte[], byte[], T>) output(script),
				new ScriptArgs(known ? script.digest() : script.text(), keys, arguments));
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

	/**
	 * Reply of a known number of strings, read into an array without a list between.
	 */
	private static final class BytesArrayOutput extends CommandOutput<byte[], byte[], @Nullable byte[][]> {

		private int index;

		private BytesArrayOutput(int size) {
			super(CODEC, new byte[size][]);
		}

		@Override
		public void set(@Nullable ByteBuffer bytes) {
			if (bytes != null && this.index < this.output.length) {
				byte[] value = new byte[bytes.remaining()];
				bytes.get(value);
				this.output[this.index] = value;
			}
			this.index++;
		}

	}

}
