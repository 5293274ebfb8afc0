package io.redispatterns.redis;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.SetCondition;
import org.springframework.data.redis.core.types.Expiration;

/**
 * {@link RedisExecutor} on any connection factory of Spring Data Redis, Jedis first of
 * all: each command borrows a connection and waits for the reply on the calling thread,
 * as long as the client's own timeouts allow.
 */
final class BlockingRedisExecutor extends AbstractRedisExecutor {

	private final RedisConnectionFactory factory;

	BlockingRedisExecutor(RedisConnectionFactory factory, Availability availability, ResilienceProperties properties) {
		super(availability, properties);
		this.factory = factory;
	}

	@Override
	public CompletableFuture<@Nullable byte[][]> get(byte[]... keys) {
		return send((connection) -> connection.stringCommands().mGet(keys).toArray(byte[][]::new));
	}

	@Override
	public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long timeToLive) {
		return send((connection) -> {
			connection.stringCommands().set(key, value, SetCondition.upsert(), Expiration.milliseconds(timeToLive));
			return null;
		});
	}

	@Override
	public CompletableFuture<Boolean> unlink(byte[] key) {
		return send((connection) -> connection.keyCommands().unlink(key) == 1);
	}

	@Override
	public <T> CompletableFuture<T> run(LuaScript<T> script, byte[][] keys, byte[]... arguments) {
		ReturnType type = switch (script.reply()) {
			case NUMBER -> ReturnType.INTEGER;
			case BYTES -> ReturnType.VALUE;
		};
		byte[][] keysAndArguments = Stream.of(keys, arguments).flatMap(Stream::of).toArray(byte[][]::new);
		return send((connection) -> {
			try {
				return connection.scriptingCommands().evalSha(script.digest(), type, keys.length, keysAndArguments);
			}
			catch (DataAccessException ex) {
				if (!errorReply(ex).startsWith("NOSCRIPT")) {
					throw ex;
				}
				byte[] text = script.text().getBytes(StandardCharsets.UTF_8);
				return connection.scriptingCommands().eval(text, type, keys.length, keysAndArguments);
			}
		});
	}

	@Override
	public CompletableFuture<Long> time() {
		return send((connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS));
	}

	@Override
	public void connect() {
	}

	@Override
	public boolean mayWait() {
		return true;
	}

	@Override
	boolean wouldWaitForItself() {
		return false;
	}

	@Override
	boolean isConnecting() {
		return false;
	}

	@Override
	boolean isErrorReply(Throwable ex) {
		return ex instanceof DataAccessException && !(ex instanceof DataAccessResourceFailureException);
	}

	private <T extends @Nullable Object> CompletableFuture<T> send(Function<RedisConnection, T> command) {
		try (RedisConnection connection = this.factory.getConnection()) {
			return CompletableFuture.completedFuture(command.apply(connection));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static String errorReply(DataAccessException ex) {
		return String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
	}

}
