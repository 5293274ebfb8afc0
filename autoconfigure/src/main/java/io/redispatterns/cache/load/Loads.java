package io.redispatterns.cache.load;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.Lifetime.Staleness;
import io.redispatterns.cache.fill.Fills;
import io.redispatterns.cache.fill.LoadReader;
import io.redispatterns.cache.fill.Permits;
import io.redispatterns.cache.fill.StandIns;
import io.redispatterns.cache.flight.Background;
import io.redispatterns.cache.flight.Flights;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.LoadTimeoutException;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.flight.Loading;
import io.redispatterns.cache.flight.Turns;
import io.redispatterns.cache.lease.Aged;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.StampedeGuard;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Loads of one cache: what is not found, or not answered, is loaded once for all who ask
 * at the same time, as far as the guard says so, and stored unless a write has come
 * between. Values are store values, or what the loader brought.
 */
public final class Loads {

	private final Equipment with;

	private final Settings settings;

	private final Lookups lookups;

	private final NowLoads now;

	private final LaterLoads later;

	private final Refreshes refreshes;

	/**
	 * Create the loads of a cache.
	 * @param entries its entries
	 * @param deferral when its writes take effect
	 * @param standIns what serves while Redis does not
	 * @param settings how it is loaded
	 */
	public Loads(EntryAccess entries, Deferral deferral, StandIns standIns, Settings settings) {
		Flights flights = new Flights();
		this.settings = settings;
		this.with = new Equipment(entries, new LoadReader(entries, standIns), new Permits(entries, settings.guard()),
				flights, new Fills(entries, standIns, flights), deferral, new Turns(settings.concurrency()),
				settings.observations());
		this.lookups = new Lookups(this.with.reader(), this.with.permits(), this.with.fills());
		this.now = new NowLoads(this.with);
		this.later = new LaterLoads(this.with);
		this.refreshes = new Refreshes(settings.staleness(), this.later, entries.statistics());
	}

	public Settings settings() {
		return this.settings;
	}

	public Equipment equipment() {
		return this.with;
	}

	public Refreshes refreshes() {
		return this.refreshes;
	}

	/**
	 * The reads of those who may put what they miss.
	 */
	public Lookups lookups() {
		return this.lookups;
	}

	public LoadReader reader() {
		return this.with.reader();
	}

	/**
	 * How many loaders wait for their turn.
	 */
	public long waiting() {
		return this.with.turns().waiting();
	}

	/**
	 * The loads that are for their caller only.
	 */
	public UnsharedLoads unshared() {
		return new UnsharedLoads(this.with.turns(), this.with.observations());
	}

	/**
	 * The writes beside the loads.
	 */
	public Fills fills() {
		return this.with.fills();
	}

	public @Nullable Object get(Object key, byte[] entry, Callable<? extends @Nullable Object> loader) {
		long begun = System.nanoTime();
		Object found = reader().look(entry);
		if (!(found instanceof Miss) && !(found instanceof Aged)) {
			return found;
		}
		Load load = new Load(entry, loader, System.nanoTime() - begun, false);
		Aged aged = (found instanceof Aged old && !this.with.deferral().isActive()) ? old : null;
		try {
			Object served = (aged != null) ? serve(aged, load) : null;
			Object fresh = (served != null) ? served : reader().fresh(found);
			return (fresh instanceof Miss miss) ? load(miss, aged, load) : fresh;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ValueRetrievalException(key, loader, ex);
		}
		catch (ExecutionException | LoaderException ex) {
			if (aged != null && this.refreshes.standsIn(aged)) {
				return this.refreshes.standIn(entry, aged);
			}
			Throwable thrown = (ex instanceof LoaderException own) ? own.thrown() : ex.getCause();
			throw new ValueRetrievalException(key, loader, thrown);
		}
	}

	/**
	 * Serve a value that is to be loaded again, where that can wait.
	 * @return the value, {@code null} when it cannot
	 */
	private @Nullable Object serve(Aged aged, Load load) {
		if (!this.refreshes.servesOrSpares(load.entry(), aged)) {
			return null;
		}
		if (!this.refreshes.serves(aged) || !this.with.turns().isFree()) {
			return this.refreshes.served(aged);
		}
		Background background = this.settings.background();
		if (background == null) {
			Object loaded = this.refreshes.here(load.entry(), () -> this.now.again(aged, load));
			return (loaded != null) ? loaded : this.refreshes.served(aged);
		}
		this.refreshes.begin(load.entry(), aged, () -> background.of(load.loader()));
		return this.refreshes.served(aged);
	}

	private @Nullable Object load(Miss miss, @Nullable Aged aged, Load load)
			throws InterruptedException, ExecutionException {
		if (this.with.deferral().isActive()) {
			return this.now.alone(miss, load);
		}
		Duration limit = limit(aged);
		Background background = this.settings.background();
		if (limit == null || background == null) {
			return this.now.share(miss, load);
		}
		try {
			return this.later.load(load.entry(), miss, background.of(load.loader()), Turns.loading())
				.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new LoaderException(new LoadTimeoutException(limit));
		}
	}

	/**
	 * How long a caller waits: less where he has an older value to fall back on.
	 */
	private @Nullable Duration limit(@Nullable Aged aged) {
		Duration soft = this.settings.timeouts().soft();
		return (soft != null && aged != null && this.refreshes.standsIn(aged)) ? soft : this.settings.timeouts().hard();
	}

	public CompletableFuture<@Nullable Object> retrieve(byte[] entry, Supplier<? extends CompletableFuture<?>> loader) {
		Loading within = Turns.loading();
		return reader().lookLater(entry).thenCompose((found) -> {
			Aged aged = (found instanceof Aged old) ? old : null;
			Background background = this.settings.background();
			if (aged != null && background != null && this.refreshes.servesOrSpares(entry, aged)) {
				if (this.refreshes.serves(aged) && this.with.turns().isFree()) {
					this.refreshes.begin(entry, aged, () -> background.of(loader));
				}
				return CompletableFuture.completedFuture(this.refreshes.served(aged));
			}
			Object fresh = reader().fresh(found);
			return (fresh instanceof Miss miss) ? limited(entry, aged, this.later.load(entry, miss, loader, within))
					: CompletableFuture.completedFuture(fresh);
		});
	}

	private CompletableFuture<@Nullable Object> limited(byte[] entry, @Nullable Aged aged,
			CompletableFuture<@Nullable Object> loading) {
		Duration limit = limit(aged);
		CompletableFuture<@Nullable Object> limited = loading;
		if (limit != null) {
			limited = loading.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).exceptionallyCompose((ex) -> {
				Throwable thrown = LoadObservations.unwrap(ex);
				return CompletableFuture
					.failedFuture((thrown instanceof TimeoutException) ? new LoadTimeoutException(limit) : thrown);
			});
		}
		return (aged == null || !this.refreshes.standsIn(aged)) ? limited
				: limited.exceptionally((ex) -> this.refreshes.standIn(entry, aged));
	}

	/**
	 * How the values of a cache are loaded.
	 *
	 * @param observations observes its loaders
	 * @param guard decides who loads
	 * @param concurrency how many loaders run at once, 0 for any number
	 * @param staleness how values serve around the end of their lives
	 * @param timeouts how long callers wait
	 * @param background where loads run that nobody waits for, {@code null} when each has
	 * to run on the thread of a caller
	 */
	public record Settings(LoadObservations observations, StampedeGuard guard, int concurrency, Staleness staleness,
			Timeouts timeouts, @Nullable Background background) {

	}

	/**
	 * How long callers wait for a load.
	 *
	 * @param soft where there is an older value, {@code null} for as long as elsewhere
	 * @param hard elsewhere, {@code null} for as long as it takes
	 */
	public record Timeouts(@Nullable Duration soft, @Nullable Duration hard) {

	}

}
