package io.redispatterns.stampede;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.redispatterns.redis.LuaScript;
import org.redisson.Redisson;
import org.redisson.RedissonLock;
import org.redisson.RedissonLockEntry;
import org.redisson.api.RFuture;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncService;
import org.redisson.misc.CompletableFutureWrapper;
import org.redisson.pubsub.LockPubSub;
import org.redisson.renewal.LockRenewalScheduler;

/**
 * A Redisson lock for one caller, who need not be a thread. It is released in one
 * command, without the key by which Redisson knows a release that it repeats; and its
 * channel is beside its key, under the namespace of the application.
 */
final class RedissonEntryLock extends RedissonLock {

	private static final LuaScript<Long> UNLOCK = LuaScript.returningNumber(RedissonEntryLock.class, "unlock.lua");

	private final String channel;

	private final long holder;

	private final Runnable contended;

	/**
	 * Create the lock, which is not taken.
	 * @param name the key of the lock
	 * @param holder a number that no other caller of this client has
	 * @param contended run when the lock is found taken
	 */
	RedissonEntryLock(Commands commands, String name, long holder, Runnable contended) {
		super(commands, name);
		this.channel = name + ":w";
		this.holder = holder;
		this.contended = contended;
	}

	/**
	 * Take the lock, or wait for it.
	 * @param nanos how long
	 * @return whether the lock is taken; whoever completes it before gives up
	 */
	CompletableFuture<Boolean> take(long nanos) {
		return tryLockAsync(TimeUnit.NANOSECONDS.toMillis(nanos), -1, TimeUnit.MILLISECONDS, this.holder)
			.toCompletableFuture();
	}

	/**
	 * Release the lock, if it is still held.
	 */
	void release() {
		unlockAsync(this.holder);
	}

	@Override
	public RFuture<Void> unlockAsync(long threadId) {
		CompletionStage<Boolean> released = evalWriteSyncedNoRetryAsync(getRawName(), LongCodec.INSTANCE,
				RedisCommands.EVAL_BOOLEAN, UNLOCK.text(), List.of(getRawName()), getLockName(threadId), this.channel,
				LockPubSub.UNLOCK_MESSAGE, getSubscribeService().getPublishCommand());
		return new CompletableFutureWrapper<>(released.handle((result, ex) -> {
			cancelExpirationRenewal(threadId, true);
			return null;
		}));
	}

	@Override
	protected CompletableFuture<RedissonLockEntry> subscribe(long threadId) {
		this.contended.run();
		return this.pubSub.subscribe(getEntryName(), this.channel);
	}

	@Override
	protected void unsubscribe(RedissonLockEntry entry, long threadId) {
		this.pubSub.unsubscribe(entry, getEntryName(), this.channel);
	}

	/**
	 * The commands of locks without a wait for replicas, which would hold a caller up for
	 * a second when one of them hangs.
	 */
	static final class Commands extends CommandAsyncService {

		private Commands(Redisson redisson) {
			super(redisson.getCommandExecutor(), false);
		}

		/**
		 * Take over the commands of a client, also those that renew its locks.
		 */
		static Commands of(Redisson redisson) {
			Commands commands = new Commands(redisson);
			redisson.getServiceManager().register(new LockRenewalScheduler(commands));
			return commands;
		}

		@Override
		public <T> RFuture<T> syncedEvalNoRetry(String key, Codec codec, RedisCommand<T> type, String script,
				List<Object> keys, Object... arguments) {
			return evalWriteNoRetryAsync(key, codec, type, script, keys, arguments);
		}

		@Override
		public <T> RFuture<T> syncedEval(String key, Codec codec, RedisCommand<T> type, String script,
				List<Object> keys, Object... arguments) {
			return evalWriteNoRetryAsync(key, codec, type, script, keys, arguments);
		}

	}

}
