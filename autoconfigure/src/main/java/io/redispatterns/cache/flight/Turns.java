package io.redispatterns.cache.flight;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Turns of the loaders of one cache: so many run at once on this node, the others follow
 * in the order in which they asked.
 * <p>
 * A loader inside another one, of any cache, has no turn and does not wait: two caches
 * that load from each other would wait for ever. It is known by its thread. As many
 * loaders that wait for a load on another thread as there are turns stop the cache,
 * unless that load is one that does not block, which goes ahead when its patience ends.
 */
public final class Turns {

	private static final ThreadLocal<@Nullable Loading> LOADING = new ThreadLocal<>();

	private final int limit;

	private final Duration patience;

	private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();

	private int running;

	public Turns(int limit) {
		this(limit, Duration.ofSeconds(5));
	}

	Turns(int limit, Duration patience) {
		this.limit = limit;
		this.patience = patience;
	}

	/**
	 * The loaders that the current thread runs.
	 * @return the loaders, {@code null} when there is none
	 */
	public static @Nullable Loading loading() {
		return LOADING.get();
	}

	/**
	 * Whether the current thread runs a loader.
	 */
	public static boolean isNested() {
		return LOADING.get() != null;
	}

	/**
	 * Run a loader in its turn.
	 * @param turn completed with whether there is a turn, or with {@code false} by
	 * anybody to go ahead without one
	 */
	public <T extends @Nullable Object> T run(CompletableFuture<Boolean> turn, Callable<T> loader) throws Exception {
		ask(turn);
		boolean given = await(turn);
		try {
			return nested(turn, loader);
		}
		finally {
			release(given);
		}
	}

	private boolean await(CompletableFuture<Boolean> turn) throws InterruptedException, ExecutionException {
		try {
			return turn.get();
		}
		catch (InterruptedException ex) {
			release(!turn.complete(false) && turn.join());
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

	/**
	 * Run a loader in its turn as of {@link #run}, on a thread that it may hold up.
	 */
	public <T extends @Nullable Object> CompletableFuture<T> runLater(CompletableFuture<Boolean> turn,
			Supplier<CompletableFuture<T>> loader) {
		ask(turn);
		return turn.completeOnTimeout(false, this.patience.toNanos(), TimeUnit.NANOSECONDS)
			.thenComposeAsync((given) -> start(turn, loader).whenComplete((loaded, ex) -> release(given)));
	}

	private static <T extends @Nullable Object> CompletableFuture<T> start(CompletableFuture<Boolean> turn,
			Supplier<CompletableFuture<T>> loader) {
		try {
			return nested(turn, loader::get);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Whether a loader would have a turn at once.
	 */
	public synchronized boolean isFree() {
		return this.limit == 0 || this.running < this.limit;
	}

	private static <T extends @Nullable Object> T nested(CompletableFuture<Boolean> turn, Callable<T> loader)
			throws Exception {
		return within(new Loading(turn, LOADING.get()), loader);
	}

	/**
	 * Run a loader, or a part of one, inside other loaders.
	 * @param loading what the current thread then runs in
	 */
	public static <T extends @Nullable Object> T within(@Nullable Loading loading, Callable<T> loader)
			throws Exception {
		Loading before = LOADING.get();
		LOADING.set(loading);
		try {
			return loader.call();
		}
		finally {
			if (before == null) {
				LOADING.remove();
			}
			else {
				LOADING.set(before);
			}
		}
	}

	/**
	 * How many loaders wait for their turn.
	 */
	public synchronized long waiting() {
		return this.waiting.stream().filter((turn) -> !turn.isDone()).count();
	}

	private void ask(CompletableFuture<Boolean> turn) {
		if (!turn.isDone() && begin(turn)) {
			release(!turn.complete(true));
		}
	}

	private synchronized boolean begin(CompletableFuture<Boolean> turn) {
		if (this.limit > 0 && this.running >= this.limit) {
			this.waiting.add(turn);
			return false;
		}
		this.running++;
		return true;
	}

	private void release(boolean given) {
		if (given) {
			CompletableFuture<Boolean> next = next();
			while (next != null && !next.complete(true)) {
				next = next();
			}
		}
	}

	private synchronized @Nullable CompletableFuture<Boolean> next() {
		CompletableFuture<Boolean> next = this.waiting.poll();
		if (next == null) {
			this.running--;
		}
		return next;
	}

}
