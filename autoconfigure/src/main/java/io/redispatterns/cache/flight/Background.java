package io.redispatterns.cache.flight;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Runs loaders on other threads than those of their callers, whose context goes along
 * where Micrometer's context propagation is on the class path.
 */
public final class Background {

	private static final boolean PROPAGATION = ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
			Background.class.getClassLoader());

	private final Executor executor;

	/**
	 * Create the background.
	 * @param executor runs loaders, each on a thread that it may hold up
	 */
	public Background(Executor executor) {
		this.executor = executor;
	}

	/**
	 * A loader that runs elsewhere, with the context of the present thread.
	 */
	public Supplier<CompletableFuture<@Nullable Object>> of(Callable<? extends @Nullable Object> loader) {
		Callable<? extends @Nullable Object> carried = PROPAGATION ? ContextObservation.carry(loader) : loader;
		Loading outer = Turns.loading();
		return () -> {
			Loading own = Turns.loading();
			Loading within = (own != null) ? new Loading(own.turn(), outer) : outer;
			CompletableFuture<@Nullable Object> loading = new CompletableFuture<>();
			this.executor.execute(() -> run(() -> Turns.within(within, carried), loading));
			return loading;
		};
	}

	/**
	 * A loader that begins elsewhere, with the context of the present thread.
	 */
	public Supplier<CompletableFuture<@Nullable Object>> of(Supplier<? extends CompletableFuture<?>> loader) {
		Supplier<CompletableFuture<@Nullable Object>> begin = of((Callable<Object>) loader::get);
		return () -> begin.get()
			.thenCompose((future) -> ((CompletableFuture<?>) future).thenApply((loaded) -> (Object) loaded));
	}

	private static void run(Callable<? extends @Nullable Object> loader, CompletableFuture<@Nullable Object> loading) {
		try {
			loading.complete(loader.call());
		}
		catch (Throwable ex) {
			loading.completeExceptionally(ex);
		}
	}

}
