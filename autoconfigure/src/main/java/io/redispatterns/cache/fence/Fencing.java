package io.redispatterns.cache.fence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The fences of some changes on their way, and whether one that could not be set makes
 * the commit fail.
 */
public final class Fencing {

	private final Pipeline pipeline;

	private final AtomicReference<@Nullable FenceFailureException> refusal = new AtomicReference<>();

	Fencing(RedisExecutor redis, byte[] transaction, Changes changes) {
		this.pipeline = new Pipeline(redis);
		changes.shares().forEach((share) -> share.fence(transaction, this.pipeline, this.refusal::set));
	}

	/**
	 * Set the fences and wait for them.
	 * @throws FenceFailureException when the commit is to fail
	 */
	public void run() {
		this.pipeline.run();
		raise();
	}

	public CompletableFuture<@Nullable Void> runLater() {
		return this.pipeline.runLater().thenApply((done) -> {
			raise();
			return done;
		});
	}

	private void raise() {
		FenceFailureException refused = this.refusal.get();
		if (refused != null) {
			throw refused;
		}
	}

}
