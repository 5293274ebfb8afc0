package io.redispatterns.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The way to the server: commands go out without waiting, replies come back as futures. A
 * reply is for {@link #await} or {@link #bounded}, which end it in time and translate
 * what the client throws.
 * <p>
 * Safe for use by many threads. The order of two commands of a caller is kept when they
 * begin with the same key.
 */
public interface RedisExecutor {

	/**
	 * Read the values of some keys in one round trip per server.
	 * @param keys the keys
	 * @return the values in the order of the keys; {@code null} for a key that is absent
	 * or does not hold a string
	 */
	CompletableFuture<@Nullable byte[][]> get(byte[]... keys);

	/**
	 * Read some fields of a hash, which are of one version of it.
	 * @param key the key
	 * @param fields names of the fields
	 * @return the values in the order of the fields; {@code null} for a field that is
	 * absent; failed for a key that does not hold a hash
	 */
	CompletableFuture<@Nullable byte[][]> getFields(byte[] key, byte[]... fields);

	/**
	 * Remove a key; its memory is freed in the background of the server.
	 * @param key the key
	 * @return whether there was such a key
	 */
	CompletableFuture<Boolean> unlink(byte[] key);

	/**
	 * Run a script, sending its text only to a server that does not know it yet; it then
	 * runs after commands that were sent meanwhile.
	 * @param <T> what the script returns
	 * @param script the script
	 * @param keys the keys, all of one slot
	 * @param arguments the arguments
	 * @return what the script returned
	 */
	<T> CompletableFuture<T> run(LuaScript<T> script, byte[][] keys, byte[]... arguments);

	/**
	 * Run a script and read another key, sent together.
	 * @param <T> what the script returns
	 * @param <R> what is made of both replies
	 * @param script the script
	 * @param keys the keys, all of one slot
	 * @param arguments the arguments
	 * @param other the key to read after the script has run
	 * @param both what to make of what the script returned and of the other key's value
	 * as of {@link #get}
	 * @return what was made of them
	 */
	default <T, R> CompletableFuture<R> runAndGet(LuaScript<T> script, byte[][] keys, byte[][] arguments, byte[] other,
			BiFunction<T, byte @Nullable [], R> both) {
		return run(script, keys, arguments).thenCombine(get(other), (result, value) -> both.apply(result, value[0]));
	}

	/**
	 * Ask the server for its time.
	 * @return microseconds since the epoch
	 */
	CompletableFuture<Long> time();

	/**
	 * When callers have given up on a command that is sent now, for a script that is not
	 * to run later.
	 * @param key a key of the command
	 * @return microseconds since the epoch on the clock of the key's server, 0 when that
	 * is not known
	 */
	long deadline(byte[] key);

	/**
	 * The time of the server that a key is on, without asking it.
	 * @param key the key
	 * @return microseconds since the epoch on the clock of that server, 0 when that is
	 * not known
	 */
	long now(byte[] key);

	/**
	 * How long a caller waits for a reply at most.
	 * @return the command timeout
	 */
	Duration commandTimeout();

	/**
	 * Begin to connect in the background, so that the first caller need not wait.
	 */
	void connect();

	/**
	 * Wait for a reply, no longer than the command timeout.
	 * @param <T> type of the reply
	 * @param reply a future of this executor
	 * @return the reply
	 * @throws RedisFailureException when there is none in time
	 */
	<T extends @Nullable Object> T await(CompletableFuture<T> reply);

	/**
	 * End a reply in time without waiting for it. What depends on the result runs on a
	 * thread of the client or of the JVM's timer, and must not block.
	 * @param <T> type of the reply
	 * @param reply a future of this executor, or made of such futures
	 * @return a future that fails with {@link RedisFailureException} when there is no
	 * reply in time
	 */
	<T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> reply);

	/**
	 * Whether the current thread may wait for a reply: threads of an event loop must not.
	 * @return {@code false} on a thread that would hold up others, or its own reply
	 */
	boolean mayWait();

	/**
	 * Whether all keys are on one server, so that no command gets there or every one.
	 * @return {@code false} for a cluster
	 */
	boolean isSingleServer();

	/**
	 * What is known of the server.
	 * @return the availability
	 */
	Availability availability();

}
