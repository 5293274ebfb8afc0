package io.redispatterns.cache.entry;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.delivery.ErrorReports;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Makes writes that are sent together, and counts and notes each that fails.
 */
final class EntryDelivery {

	private final CommandOrder order;

	private final EntryStatistics statistics;

	private final ErrorReports reports;

	private final NearCache near;

	EntryDelivery(CommandOrder order, EntryStatistics statistics, ErrorReports reports, NearCache near) {
		this.order = order;
		this.statistics = statistics;
		this.reports = reports;
		this.near = near;
	}

	/**
	 * Make some writes.
	 * @param unseen told of a failure that the caller does not get
	 * @param keys the keys they write, none for all
	 * @return whether they are done, or on their way
	 */
	boolean make(List<Write> writes, Consumer<RedisFailureException> unseen, byte[]... keys) {
		CompletableFuture<?>[] replies = new CompletableFuture<?>[writes.size()];
		Supplier<CompletableFuture<@Nullable Object>> send = () -> {
			for (int i = 0; i < replies.length; i++) {
				replies[i] = writes.get(i).send().get();
			}
			return all(replies);
		};
		if (!this.order.mayWait()) {
			forget(keys);
			this.order.hold(send, (ex) -> settle(writes, replies, ex), keys).whenComplete((done, ex) -> {
				if (ex != null) {
					unseen.accept(CommandOrder.failure(ex));
				}
				else {
					count(writes, replies);
				}
			});
			return true;
		}
		try {
			this.order.await(this.order.send(send, keys));
			count(writes, replies);
			return true;
		}
		catch (RedisFailureException ex) {
			settle(writes, replies, ex);
			this.reports.raise(ex);
			return false;
		}
	}

	@SuppressWarnings("unchecked")
	private static CompletableFuture<@Nullable Object> all(CompletableFuture<?>[] replies) {
		return (CompletableFuture<@Nullable Object>) ((replies.length == 1) ? replies[0]
				: CompletableFuture.allOf(replies));
	}

	/**
	 * A write that is held back is to be seen by this node at once.
	 */
	private void forget(byte[]... keys) {
		for (byte[] key : keys) {
			this.near.drop(key);
		}
		if (keys.length == 0) {
			this.near.flush();
		}
	}

	private void count(List<Write> writes, CompletableFuture<?>[] replies) {
		for (int i = 0; i < replies.length; i++) {
			this.statistics.count(writes.get(i).success(replies[i]));
		}
	}

	private void settle(List<Write> writes, @Nullable CompletableFuture<?>[] replies, RedisFailureException failure) {
		for (int i = 0; i < replies.length; i++) {
			Write write = writes.get(i);
			CompletableFuture<?> reply = replies[i];
			RedisFailureException cause = (replies.length == 1 || reply == null || !reply.isDone()) ? failure
					: failure(reply);
			if (cause == null) {
				this.statistics.count(write.success(reply));
			}
			else {
				this.statistics.count(Event.FAILED_WRITE, cause.kind());
				note(write, cause);
			}
		}
	}

	private @Nullable RedisFailureException failure(CompletableFuture<?> reply) {
		try {
			this.order.await(reply);
			return null;
		}
		catch (RedisFailureException ex) {
			return ex;
		}
	}

	/**
	 * Note a write that failed, unless nothing is left of what it was to replace.
	 */
	static void note(Write write, RedisFailureException failure) {
		if (failure != Put.REMOVED) {
			write.note().accept(failure);
		}
	}

	/**
	 * A write of one key, of a tag, or of all.
	 *
	 * @param success what it is counted as when the server has acknowledged it, unless
	 * the reply is an event itself
	 * @param send sends it
	 * @param note notes that it was lost
	 */
	record Write(Event success, Supplier<? extends CompletableFuture<?>> send, Consumer<RedisFailureException> note) {

		private Event success(CompletableFuture<?> reply) {
			return (reply.join() instanceof Event event) ? event : this.success;
		}

	}

}
