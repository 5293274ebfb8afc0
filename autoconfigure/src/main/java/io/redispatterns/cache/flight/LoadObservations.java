package io.redispatterns.cache.flight;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.interceptor.CacheOperationInvoker.ThrowableWrapper;

/**
 * Observations {@code redis.cache.load} around the loaders of one cache.
 */
public final class LoadObservations {

	private final ObservationRegistry registry;

	private final String cache;

	/**
	 * Create the observations of a cache.
	 * @param registry takes them
	 * @param cache name of the cache
	 */
	public LoadObservations(ObservationRegistry registry, String cache) {
		this.registry = registry;
		this.cache = cache;
	}

	public <T extends @Nullable Object> T observe(Callable<T> loader) throws Exception {
		return observation().observeChecked(loader::call);
	}

	public CompletableFuture<@Nullable Object> observe(Supplier<? extends CompletableFuture<?>> loader) {
		Observation observation = observation().start();
		CompletableFuture<@Nullable Object> loading;
		try (Observation.Scope scope = observation.openScope()) {
			loading = loader.get().thenApply((value) -> value);
		}
		catch (RuntimeException ex) {
			loading = CompletableFuture.failedFuture(ex);
		}
		return loading.whenComplete((value, ex) -> {
			if (ex != null) {
				observation.error(unwrap(ex));
			}
			observation.stop();
		});
	}

	private Observation observation() {
		return Observation.createNotStarted("redis.cache.load", this.registry)
			.contextualName("load " + this.cache)
			.lowCardinalityKeyValue("cache", this.cache);
	}

	/**
	 * What a future was failed with. Spring wraps what a cached method throws at the
	 * call, and does not look for it in a future.
	 * @param ex what its dependents see
	 * @return the cause, where it is only wrapped
	 */
	public static Throwable unwrap(Throwable ex) {
		Throwable cause = cause(ex);
		return (cause instanceof ThrowableWrapper wrapper) ? wrapper.getOriginal() : cause;
	}

	/**
	 * What a loader threw, as Spring looks for it where it is thrown on.
	 */
	public static Throwable cause(Throwable ex) {
		Throwable cause = (ex instanceof CompletionException) ? ex.getCause() : null;
		return (cause != null) ? cause : ex;
	}

}
