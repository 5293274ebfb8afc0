package io.redispatterns.redis.resilience;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * {@link RedisExecutor} on any connection factory of Spring Data Redis, Jedis first of
 * all. Each command borrows a connection on one of eight threads, the same for the same
 * first key, for the order; without a guard, on the calling thread.
 */
final class FactoryRedisExecutor extends AbstractRedisExecutor {

	private static final boolean JEDIS = ClassUtils.isPresent("redis.clients.jedis.Jedis",
			FactoryRedisExecutor.class.getClassLoader());

	private static final Failures FAILURES = new Failures(FactoryRedisExecutor::isErrorReply);

	private static final byte[] ANY_NODE = { '-' };

	private static final int THREADS = 8;

	private static final int MAX_WAITING = 125;

	private final RedisConnectionFactory factory;

	private final Executor[] threads;

	FactoryRedisExecutor(RedisConnectionFactory factory, ResilienceProperties settings, Outages outages) {
		super(settings, outages, FAILURES, isCluster(factory) ? Guard.LANES_OF_A_CLUSTER : 1);
		this.factory = factory;
		this.threads = Stream.generate(() -> settings.enabled() ? thread() : (Executor) Runnable::run)
			.limit(THREADS)
			.toArray(Executor[]::new);
	}

	/**
	 * One thread that ends when there is nothing to do.
	 */
	private static Executor thread() {
		ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(MAX_WAITING), (work) -> {
					Thread made = new Thread(work, "redis-patterns-command");
					made.setDaemon(true);
					return made;
				});
		thread.allowCoreThreadTimeOut(true);
		return thread;
	}

	@Override
	public CompletableFuture<@Nullable byte[][]> get(byte[]... keys) {
		return send(keys[0], (connection) -> {
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
	public CompletableFuture<@Nullable byte[][]> getFields(byte[] key, byte[]... fields) {
		return send(key, (connection) -> connection.hashCommands().hMGet(key, fields).toArray(byte[][]::new));
	}

	@Override
	public CompletableFuture<Boolean> unlink(byte[] key) {
		return send(key, (connection) -> connection.keyCommands().unlink(key) == 1);
	}

	@Override
	public <T> CompletableFuture<T> run(LuaScript<T> script, byte[][] keys, byte[]... arguments) {
		return send(keys[0], (connection) -> run(connection, script, keys, arguments));
	}

	private static <T> T run(RedisConnection connection, LuaScript<T> script, byte[][] keys, byte[]... arguments) {
		ReturnType type = switch (script.reply()) {
			case NUMBER -> ReturnType.INTEGER;
			case BYTES -> ReturnType.VALUE;
		};
		byte[][] keysAndArguments = Stream.of(keys, arguments).flatMap(Stream::of).toArray(byte[][]::new);
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
	}

	@Override
	public CompletableFuture<Long> time() {
		return send(NO_KEY, (connection) -> {
			if (connection instanceof RedisClusterConnection cluster) {
				// The node of a key: an arbitrary one may be unknown to Jedis
				return cluster.serverCommands().time(cluster.clusterGetNodeForKey(ANY_NODE), TimeUnit.MICROSECONDS);
			}
			return connection.serverCommands().time(TimeUnit.MICROSECONDS);
		});
	}

	@Override
	public void connect() {
	}

	@Override
	public CompletableFuture<Long> probe(byte[] key) {
		return later(key, (connection) -> run(connection, PROBE, probed(key)));
	}

	/**
	 * Let go of the connections in the pool. Those of a cluster or behind a Sentinel end
	 * by the client's own timeouts.
	 */
	@Override
	public void renew(byte[] key) {
		if (JEDIS && this.factory instanceof JedisConnectionFactory jedis && !jedis.isRedisClusterAware()
				&& !jedis.isRedisSentinelAware()) {
			jedis.stop();
			jedis.start();
		}
	}

	private <T extends @Nullable Object> CompletableFuture<T> send(byte[] key, Function<RedisConnection, T> command) {
		return guarded(key, () -> later(key, command));
	}

	private <T extends @Nullable Object> CompletableFuture<T> later(byte[] key, Function<RedisConnection, T> command) {
		CompletableFuture<T> reply = new CompletableFuture<>();
		try {
			this.threads[Arrays.hashCode(key) & (THREADS - 1)].execute(() -> {
				// Its caller may have given up
				if (!reply.isDone()) {
					execute(command, reply);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			reply.completeExceptionally(
					new RedisFailureException(Kind.AWAY, "Too many commands wait for a connection", null));
		}
		return reply;
	}

	private <T extends @Nullable Object> void execute(Function<RedisConnection, T> command,
			CompletableFuture<T> reply) {
		RedisConnection connection;
		try {
			connection = this.factory.getConnection();
		}
		catch (RuntimeException ex) {
			reply.completeExceptionally(FAILURES.unsent(ex));
			return;
		}
		try (connection) {
			reply.complete(command.apply(connection));
		}
		catch (RuntimeException ex) {
			boolean unsent = Failures.find(ex, FactoryRedisExecutor::isUnsent) != null;
			reply.completeExceptionally(unsent ? FAILURES.unsent(ex) : ex);
		}
	}

	private static boolean isCluster(RedisConnectionFactory factory) {
		return (factory instanceof LettuceConnectionFactory lettuce && lettuce.isClusterAware())
				|| (JEDIS && factory instanceof JedisConnectionFactory jedis && jedis.isRedisClusterAware());
	}

	private static boolean isUnsent(Throwable ex) {
		return ex instanceof ConnectException || ex instanceof UnknownHostException;
	}

	private static boolean isErrorReply(Throwable ex) {
		return (ex instanceof DataAccessException && !(ex instanceof DataAccessResourceFailureException))
				|| (JEDIS && JedisReplies.isError(ex));
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
