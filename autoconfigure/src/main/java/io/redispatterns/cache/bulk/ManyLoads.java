package io.redispatterns.cache.bulk;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.redispatterns.cache.bulk.ManyLoader.Later;
import io.redispatterns.cache.flight.Background;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.LoadTimeoutException;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.flight.Loading;
import io.redispatterns.cache.flight.Turns;
import io.redispatterns.cache.load.Equipment;
import io.redispatterns.cache.load.Loads;
import org.jspecify.annotations.Nullable;

/**
 * Loads of many entries of one cache at once: what is missed is one load, but for what
 * others load at the same time, which is shared with them. Values are store values, or
 * what the loader brought.
 */
public final class ManyLoads {

	private final Equipment with;

	private final Loads.Settings settings;

	private final ManyAged aged;

	private final ManyNow now;

	private final ManyLater later;

	/**
	 * Create the loads of a cache.
	 * @param loads its loads of single entries
	 */
	public ManyLoads(Loads loads) {
		this.with = loads.equipment();
		this.settings = loads.settings();
		this.aged = new ManyAged(loads);
		this.now = new ManyNow(this.with);
		this.later = new ManyLater(this.with);
	}

	/**
	 * Read values, and load what is missed.
	 * @param entries the keys, each once
	 * @return the values in the order of the keys, {@code null} where there is none
	 * @throws LoaderException when the loader threw
	 */
	public @Nullable Object[] get(byte[][] entries, ManyLoader loader) {
		long begun = System.nanoTime();
		Object[] found = this.with.reader().many().look(entries);
		long waited = System.nanoTime() - begun;
		@Nullable Object[] values = this.aged.served(entries, found);
		if (!ManyAged.isMissing(values)) {
			return values;
		}
		ManyFlights flights = new ManyFlights(this.with, entries, values, waited);
		Duration limit = this.settings.timeouts().hard();
		Background background = this.settings.background();
		try {
			if (limit == null || background == null || this.with.deferral().isActive()) {
				this.now.load(flights, loader);
			}
			else {
				Later later = elsewhere(background, loader);
				limited(this.later.load(flights, later, Turns.loading(), false), limit).get();
			}
			return values;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LoaderException(ex);
		}
		catch (ExecutionException ex) {
			return this.aged.standingIn(entries, found, values,
					new LoaderException((ex.getCause() != null) ? ex.getCause() : ex));
		}
		catch (LoaderException ex) {
			return this.aged.standingIn(entries, found, values, ex);
		}
	}

	/**
	 * Read values, and load what is missed, without holding anybody up. Inside a
	 * transaction that can change data this is not for the caller.
	 * @param entries the keys, each once
	 */
	public CompletableFuture<@Nullable Object[]> retrieve(byte[][] entries, Later loader) {
		Loading within = Turns.loading();
		return this.with.reader().many().lookLater(entries).thenCompose((found) -> {
			@Nullable Object[] values = this.aged.served(entries, found);
			if (!ManyAged.isMissing(values)) {
				return CompletableFuture.completedFuture(values);
			}
			CompletableFuture<?> loading = this.later.load(new ManyFlights(this.with, entries, values, 0), loader,
					within, false);
			return limited(loading, this.settings.timeouts().hard()).handle((loaded, ex) -> {
				if (ex != null) {
					return this.aged.standingIn(entries, found, values,
							new LoaderException(LoadObservations.unwrap(ex)));
				}
				return values;
			});
		});
	}

	private static Later elsewhere(Background background, ManyLoader loader) {
		int[][] next = new int[1][];
		// Here, where the context of the caller is
		Supplier<CompletableFuture<@Nullable Object>> carried = background
			.of((Callable<@Nullable Object>) () -> loader.load(next[0]));
		return (places) -> {
			next[0] = places;
			return carried.get().thenApply((loaded) -> (@Nullable Object[]) Objects.requireNonNull(loaded));
		};
	}

	private static CompletableFuture<?> limited(CompletableFuture<?> loading, @Nullable Duration limit) {
		if (limit == null) {
			return loading;
		}
		return loading.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).exceptionallyCompose((ex) -> {
			Throwable thrown = LoadObservations.unwrap(ex);
			return CompletableFuture
				.failedFuture((thrown instanceof TimeoutException) ? new LoadTimeoutException(limit) : thrown);
		});
	}

}
