package io.redispatterns.write.behind.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a queue without changing what is flushed.
 */
public final class QueueReads {

	private static final LuaScript<byte[]> PENDING = LuaScript.returningBytes(QueueReads.class, "pending.lua");

	private static final LuaScript<Long> ANNOUNCE = LuaScript.returningNumber(QueueReads.class, "changes.lua",
			"announce.lua");

	private static final LuaScript<byte[]> MEASURE = LuaScript.returningBytes(QueueReads.class, "changes.lua",
			"measure.lua");

	private static final LuaScript<byte[]> DURABILITY = LuaScript.returningBytes(QueueReads.class, "durability.lua");

	private final RedisExecutor redis;

	private final byte[][] lookup;

	private final byte[][] all;

	private final byte[][] state;

	QueueReads(RedisExecutor redis, byte[] changes, byte[] last, byte[] state, byte[] dead) {
		this.redis = redis;
		this.lookup = new byte[][] { changes, last };
		this.all = new byte[][] { changes, state, dead };
		this.state = new byte[][] { state };
	}

	/**
	 * The last change of a key, as long as it is not flushed.
	 * @param key what identifies the row
	 * @return the change, {@code null} when all are flushed
	 */
	public @Nullable QueuedChange pending(Object key) {
		return this.redis.await(ask(key));
	}

	/**
	 * The same without waiting for it.
	 * @param key what identifies the row
	 * @return the change, {@code null} when all are flushed
	 */
	public CompletableFuture<@Nullable QueuedChange> pendingLater(Object key) {
		return this.redis.bounded(ask(key));
	}

	private CompletableFuture<@Nullable QueuedChange> ask(Object key) {
		return askAll(List.of(key)).thenApply((changes) -> changes.isEmpty() ? null : changes.get(0));
	}

	/**
	 * The last changes of some keys, as long as they are not flushed, without waiting for
	 * them.
	 * @param keys what identifies the rows
	 * @return the changes, none for a key of which all are flushed
	 */
	public CompletableFuture<List<QueuedChange>> allPendingLater(Collection<?> keys) {
		return this.redis.bounded(askAll(keys));
	}

	private CompletableFuture<List<QueuedChange>> askAll(Collection<?> keys) {
		byte[][] arguments = keys.stream().map((key) -> QueueKey.bytes(QueueKey.write(key))).toArray(byte[][]::new);
		return this.redis.run(PENDING, this.lookup, arguments).thenApply(QueueReads::changes);
	}

	private static List<QueuedChange> changes(byte[] reply) {
		List<QueuedChange> changes = new ArrayList<>();
		ByteBuffer rest = ByteBuffer.wrap(reply);
		while (rest.hasRemaining()) {
			int end = rest.getInt() + rest.position();
			changes.add(QueuedChange.read(rest.slice(rest.position(), end - rest.position())));
			rest.position(end);
		}
		return changes;
	}

	/**
	 * Mark changes: no cache holds what was before them. Does not wait.
	 * @param first number of the first change
	 * @param keys the keys, one for each change
	 */
	public void announce(long first, Collection<?> keys) {
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(QueueKey.bytes(first));
		keys.forEach((key) -> arguments.add(QueueKey.bytes(QueueKey.write(key))));
		this.redis.run(ANNOUNCE, this.lookup, arguments.toArray(byte[][]::new));
	}

	/**
	 * What waits now.
	 * @return the numbers
	 */
	public QueueDepth depth() {
		return QueueDepth.read(this.redis.await(this.redis.run(MEASURE, this.all)));
	}

	/**
	 * Ask the queue's server what it keeps over a restart, and under memory pressure.
	 * @return its answer, lines of names and values
	 */
	public String durability() {
		return new String(this.redis.await(this.redis.run(DURABILITY, this.state)), StandardCharsets.UTF_8);
	}

}
