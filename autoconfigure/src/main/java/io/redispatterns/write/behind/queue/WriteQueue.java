package io.redispatterns.write.behind.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * A queue in Redis. Every method takes one round trip, and fails with a
 * {@link io.redispatterns.redis.RedisFailureException} when there is no reply in time.
 * Safe for use by many threads.
 */
public final class WriteQueue {

	/**
	 * There was no room for the changes.
	 */
	public static final long FULL = -1;

	/**
	 * The changes came when their caller had given up.
	 */
	public static final long LATE = -2;

	private static final String DEAD_LETTERS = "10000";

	private static final LuaScript<Long> ACCEPT = LuaScript.returningNumber(WriteQueue.class, "changes.lua",
			"accept.lua");

	private static final LuaScript<byte[]> CLAIM = LuaScript.returningBytes(WriteQueue.class, "changes.lua",
			"claim.lua");

	private static final LuaScript<Long> ACKNOWLEDGE = LuaScript.returningNumber(WriteQueue.class, "changes.lua",
			"acknowledge.lua");

	private static final LuaScript<Long> FAIL = LuaScript.returningNumber(WriteQueue.class, "changes.lua", "fail.lua");

	private static final LuaScript<Long> REQUEUE = LuaScript.returningNumber(WriteQueue.class, "changes.lua",
			"requeue.lua");

	private static final LuaScript<Long> HOLD = LuaScript.returningNumber(WriteQueue.class, "hold.lua");

	private final RedisExecutor redis;

	private final QueueReads reads;

	private final QueueLimits limits;

	private final byte[] changes;

	private final byte[] last;

	private final byte[] state;

	private final byte[] dead;

	/**
	 * Create a queue.
	 * @param redis the way to the server
	 * @param keys keys of the kind
	 * @param name name of the queue
	 * @param limits its limits
	 */
	public WriteQueue(RedisExecutor redis, Keys keys, String name, QueueLimits limits) {
		this.redis = redis;
		this.limits = limits;
		this.changes = keys.key(name, "changes");
		this.last = keys.key(name, "last");
		this.state = keys.key(name, "state");
		this.dead = keys.key(name, "dead");
		this.reads = new QueueReads(redis, this.changes, this.last, this.state, this.dead);
	}

	/**
	 * What waits in this queue.
	 * @return questions that change nothing
	 */
	public QueueReads reads() {
		return this.reads;
	}

	/**
	 * Accept changes, all or none.
	 * @param rows the bytes of the rows by key, {@code null} for a deletion
	 * @return number of the last change, {@link #FULL} or {@link #LATE}
	 */
	public long accept(List<Map.Entry<Object, byte @Nullable []>> rows) {
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(QueueKey.bytes(this.redis.deadline(this.changes)));
		arguments.add(QueueKey.bytes(this.limits.capacity()));
		arguments.add(QueueKey.bytes(this.limits.coalesce() ? 1 : 0));
		rows.forEach((row) -> {
			arguments.add(QueueKey.bytes(QueueKey.write(row.getKey())));
			arguments.add(QueuedChange.payload(row.getValue()));
		});
		return this.redis.await(this.redis.run(ACCEPT, new byte[][] { this.changes, this.last, this.state },
				arguments.toArray(byte[][]::new)));
	}

	/**
	 * Claim the batch at the head.
	 * @param owner who is to hold it
	 * @param age for how long the oldest change of a batch that is not full must have
	 * waited
	 * @return the batch, {@code null} when there is none to claim or another holds it
	 */
	public @Nullable ClaimedBatch claim(String owner, Duration age) {
		byte[] claimed = this.redis.await(this.redis.run(CLAIM, new byte[][] { this.changes, this.state },
				QueueKey.bytes(owner), QueueKey.bytes(this.limits.lease().toMillis()),
				QueueKey.bytes(this.limits.batchSize()), QueueKey.bytes(age.toMillis())));
		return (claimed != null) ? ClaimedBatch.read(claimed) : null;
	}

	/**
	 * Go on to hold a batch, if the owner still does.
	 * @param owner who holds it
	 */
	public void renew(String owner) {
		hold(owner, this.limits.lease().toMillis());
	}

	/**
	 * Leave a batch to whoever claims it next.
	 * @param owner who holds it
	 */
	public void release(String owner) {
		hold(owner, 0);
	}

	private void hold(String owner, long millis) {
		this.redis
			.await(this.redis.run(HOLD, new byte[][] { this.state }, QueueKey.bytes(owner), QueueKey.bytes(millis)));
	}

	/**
	 * Remove a batch that is flushed. What has replaced its changes since stays.
	 * @param owner who holds it
	 * @param batch the batch
	 * @return whether the owner still held it
	 */
	public boolean acknowledge(String owner, ClaimedBatch batch) {
		return this.redis.await(this.redis.run(ACKNOWLEDGE, new byte[][] { this.changes, this.last, this.state },
				QueueKey.bytes(owner), QueueKey.bytes(batch.last()))) >= 0;
	}

	/**
	 * Tell that a batch has failed by its own fault.
	 * @param owner who holds it
	 * @param batch the batch
	 * @param error what is kept beside a change that is dead
	 * @return what becomes of the batch
	 */
	public Failure fail(String owner, ClaimedBatch batch, String error) {
		return Failure
			.of(this.redis.await(this.redis.run(FAIL, new byte[][] { this.changes, this.last, this.state, this.dead },
					QueueKey.bytes(owner), QueueKey.bytes(batch.last()), QueueKey.bytes(this.limits.maxAttempts()),
					QueueKey.bytes(DEAD_LETTERS), QueueKey.bytes(error))));
	}

	/**
	 * Let changes of the dead letter wait again.
	 * @param most how many at most
	 * @return how many wait again
	 */
	public long requeue(int most) {
		return this.redis.await(this.redis.run(REQUEUE, new byte[][] { this.changes, this.last, this.state, this.dead },
				QueueKey.bytes(most), QueueKey.bytes(this.limits.capacity())));
	}

}
