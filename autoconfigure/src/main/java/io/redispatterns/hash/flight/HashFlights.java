package io.redispatterns.hash.flight;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The loads of this node that are going on, by the tokens of their leases. Who misses an
 * object and is given the token of a load shares that load: every write ends the token,
 * so none was made since the load began, on whichever node.
 * <p>
 * Whoever loads waits for no other load, so that loads which ask for each other's objects
 * end; nobody waits for longer than five seconds.
 *
 * @param <T> the class of the objects
 */
public final class HashFlights<T> {

	private static final ThreadLocal<Boolean> LOADING = new ThreadLocal<>();

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final ConcurrentMap<ByteBuffer, CompletableFuture<@Nullable T>> open = new ConcurrentHashMap<>();

	/**
	 * Load an object, or wait for the load of another.
	 * @param lease the token of the lease
	 * @param load loads and stores it
	 * @return what was loaded, by reference
	 */
	public @Nullable T share(byte[] lease, Supplier<? extends @Nullable T> load) {
		ByteBuffer name = ByteBuffer.wrap(lease);
		CompletableFuture<@Nullable T> own = new CompletableFuture<>();
		CompletableFuture<@Nullable T> other = this.open.putIfAbsent(name, own);
		if (other != null) {
			return (LOADING.get() != null) ? load.get() : await(other, load);
		}
		try {
			T loaded = within(load);
			own.complete(loaded);
			return loaded;
		}
		catch (RuntimeException | Error ex) {
			own.completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.open.remove(name, own);
		}
	}

	private @Nullable T within(Supplier<? extends @Nullable T> load) {
		Boolean before = LOADING.get();
		LOADING.set(Boolean.TRUE);
		try {
			return load.get();
		}
		finally {
			if (before == null) {
				LOADING.remove();
			}
		}
	}

	private @Nullable T await(CompletableFuture<@Nullable T> other, Supplier<? extends @Nullable T> load) {
		try {
			return other.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof RuntimeException thrown) ? thrown : new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			// Whatever holds the other up need not hold up this one
		}
		return load.get();
	}

}
