package io.redispatterns.stampede;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.redispatterns.redis.LuaScript;
import org.redisson.Redisson;
import org.redisson.RedissonLock;
import org.redisson.api.RFuture;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncService;
import org.redisson.misc.CompletableFutureWrapper;
import org.redisson.renewal.LockRenewalScheduler;

/**
 * A Redisson lock for one caller, who need not be a thread. Nobody waits for it: it is
 * taken or not, and released in one command, without the key by which Redisson knows a
 * release that it repeats.
 */
final class RedissonEntryLock extends RedissonLock {

	private static final LuaScript<Long> UNLOCK = LuaScript.returningNumber(RedissonEntryLock.class, "unlock.lua");

	private final long holder;

	/**
	 * Create the lock, which is not taken.
	 * @param name the key of the lock
	 * @param holder a number that no other caller of this client has
	 */
	RedissonEntryLock(Commands commands, String name, long holder) {
		super(commands, name);
		this.holder = holder;
	}

	/**
	 * Take the lock, unless another has it.
	 * @return whether the lock is taken
	 */
	CompletableFuture<Boolean> take() {
		try {
			return tryLockAsync(this.holder).toCompletableFuture();
		}
		catch (RuntimeException | LinkageError ex) {
			return CompletableFuture.failedFuture(ex);
		}
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
				RedisCommands.EVAL_BOOLEAN, UNLOCK.text(), List.of(getRawName()), getLockName(threadId));
		return new CompletableFutureWrapper<>(released.handle((result, ex) -> {
			cancelExpirationRenewal(threadId, true);
			return null;
		}));
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

		/**
		 * Renew locks, which is tried again when it fails: Redisson would log an error
		 * with all of their names.
		 * @return the names of those that were still there
		 */
		@Override
		@SuppressWarnings("unchecked")
		public <T> RFuture<T> syncedEval(String key, Codec codec, RedisCommand<T> type, String script,
				List<Object> keys, Object... arguments) {
			CompletionStage<T> renewed = evalWriteNoRetryAsync(key, codec, type, script, keys, arguments);
			return new CompletableFutureWrapper<>(renewed.exceptionally((ex) -> (T) keys));
		}

	}

}
