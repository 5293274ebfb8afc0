package io.redispatterns.redis;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.SetCondition;
import org.springframework.data.redis.core.types.Expiration;
import org.springframework.util.ClassUtils;

/**
 * {@link RedisExecutor} on any connection factory of Spring Data Redis, Jedis first of
 * all: each command borrows a connection and waits for the reply on the calling thread,
 * as long as the client's own timeouts allow.
 */
final class BlockingRedisExecutor extends AbstractRedisExecutor {

	private static final boolean JEDIS = ClassUtils.isPresent("redis.clients.jedis.Jedis",
			BlockingRedisExecutor.class.getClassLoader());

	private static final byte[] NO_KEY = { '-' };

	private final RedisConnectionFactory factory;

	BlockingRedisExecutor(RedisConnectionFactory factory, Availability availability, Duration commandTimeout) {
		super(availability, commandTimeout);
		this.factory = factory;
	}

	@Override
	public CompletableFuture<@Nullable byte[][]> get(byte[]... keys) {
		return send((connection) -> {
			if (!(connection instanceof RedisClusterConnection)) {
				return connection.stringCommands().mGet(keys).toArray(byte[][]::new);
			}
			// Keys of several slots would be read by GET, which refuses other types
			byte[][] values = new byte[keys.length][];
			for (int i = 0; i < keys.length; i++) {
				values[i] = connection.stringCommands().mGet(keys[i]).get(0);
			}
			return values;
		});
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
		return send((connection) -> {
			if (connection instanceof RedisClusterConnection cluster) {
				// The node of a key: an arbitrary one may be unknown to Jedis
				return cluster.serverCommands().time(cluster.clusterGetNodeForKey(NO_KEY), TimeUnit.MICROSECONDS);
			}
			return connection.serverCommands().time(TimeUnit.MICROSECONDS);
		});
	}

	@Override
	public void connect() {
	}

	@Override
	public boolean mayWait() {
		return true;
	}

	@Override
	boolean isErrorReply(Throwable ex) {
		return (ex instanceof DataAccessException && !(ex instanceof DataAccessResourceFailureException))
				|| (JEDIS && JedisReplies.isError(ex));
	}

	private <T extends @Nullable Object> CompletableFuture<T> send(Function<RedisConnection, T> command) {
		RedisConnection connection;
		try {
			connection = this.factory.getConnection();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(away(ex));
		}
		try (connection) {
			return CompletableFuture.completedFuture(command.apply(connection));
		}
		catch (RuntimeException ex) {
			boolean unsent = RedisFailureException.find(ex, BlockingRedisExecutor::isUnsent) != null;
			return CompletableFuture.failedFuture(unsent ? away(ex) : ex);
		}
	}

	private static boolean isUnsent(Throwable ex) {
		return ex instanceof ConnectException || ex instanceof UnknownHostException;
	}

	private RedisFailureException away(RuntimeException ex) {
		return RedisFailureException.of(Kind.AWAY, "No connection to the server", ex, this::isErrorReply);
	}

	private static String errorReply(DataAccessException ex) {
		return String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
	}

	private static final class JedisReplies {

		static boolean isError(Throwable ex) {
			return ex instanceof redis.clients.jedis.exceptions.JedisDataException;
		}

	}

}
