package io.redispatterns.cache.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are sent without a wait between them, a thousand at a time, and end
 * together within one command timeout. Each is told what became of it; where a thousand
 * get no answer, the next are not sent.
 */
public final class Pipeline {

	static final int LONGEST = 1000;

	private final RedisExecutor redis;

	private final List<Step<?>> steps = new ArrayList<>();

	public Pipeline(RedisExecutor redis) {
		this.redis = redis;
	}

	/**
	 * Add a command.
	 * @param send sends it
	 * @param done told of its reply
	 * @param failed told of its failure
	 */
	public <T extends @Nullable Object> void add(Supplier<CompletableFuture<T>> send, Consumer<T> done,
			Consumer<RedisFailureException> failed) {
		this.steps.add(new Step<>(this.redis, send, done, failed));
	}

	public void run() {
		RedisFailureException failure = null;
		for (int begin = 0; begin < this.steps.size(); begin += LONGEST) {
			List<Step<?>> some = next(begin);
			if (!isSilence(failure)) {
				failure = await(send(some));
			}
			for (Step<?> step : some) {
				step.settle(failure);
			}
		}
	}

	private @Nullable RedisFailureException await(CompletableFuture<?> replies) {
		try {
			this.redis.await(replies);
			return null;
		}
		catch (RedisFailureException ex) {
			return ex;
		}
	}

	/**
	 * Run the commands without waiting for them.
	 * @return completed when each has been told what became of it
	 */
	public CompletableFuture<@Nullable Void> runLater() {
		return runLater(0, null);
	}

	private CompletableFuture<@Nullable Void> runLater(int begin, @Nullable RedisFailureException before) {
		List<Step<?>> some = next(begin);
		if (some.isEmpty() || isSilence(before)) {
			this.steps.subList(begin, this.steps.size()).forEach((step) -> step.settle(before));
			return CompletableFuture.completedFuture(null);
		}
		return this.redis.bounded(send(some)).handle((done, ex) -> {
			RedisFailureException failure = (ex != null) ? CommandOrder.failure(ex) : null;
			some.forEach((step) -> step.settle(failure));
			return runLater(begin + some.size(), failure);
		}).thenCompose((rest) -> rest);
	}

	private List<Step<?>> next(int begin) {
		return this.steps.subList(begin, Math.min(begin + LONGEST, this.steps.size()));
	}

	private static CompletableFuture<@Nullable Void> send(List<Step<?>> some) {
		return CompletableFuture.allOf(some.stream().map(Step::send).toArray(CompletableFuture<?>[]::new));
	}

	private static boolean isSilence(@Nullable RedisFailureException failure) {
		return failure != null && (failure.kind() == Kind.TIMEOUT || failure.kind() == Kind.AWAY);
	}

	/**
	 * One command, and who is told what became of it.
	 */
	private static final class Step<T extends @Nullable Object> {

		private static final RedisFailureException UNANSWERED = new RedisFailureException(Kind.TIMEOUT, "No reply",
				null);

		private final RedisExecutor redis;

		private final Supplier<CompletableFuture<T>> sending;

		private final Consumer<T> done;

		private final Consumer<RedisFailureException> failed;

		private @Nullable CompletableFuture<T> reply;

		Step(RedisExecutor redis, Supplier<CompletableFuture<T>> sending, Consumer<T> done,
				Consumer<RedisFailureException> failed) {
			this.redis = redis;
			this.sending = sending;
			this.done = done;
			this.failed = failed;
		}

		CompletableFuture<T> send() {
			CompletableFuture<T> sent = this.sending.get();
			this.reply = sent;
			return sent;
		}

		void settle(@Nullable RedisFailureException failure) {
			CompletableFuture<T> sent = this.reply;
			if (sent == null || !sent.isDone()) {
				this.failed.accept((failure != null) ? failure : UNANSWERED);
				return;
			}
			T result;
			try {
				result = this.redis.await(sent);
			}
			catch (RedisFailureException ex) {
				this.failed.accept(ex);
				return;
			}
			this.done.accept(result);
		}

	}

}
