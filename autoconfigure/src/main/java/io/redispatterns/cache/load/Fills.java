package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of one cache go: to Redis, and to those who wait for them. What Redis
 * does not take stands in on this node.
 */
public final class Fills {

	private final EntryAccess entries;

	private final StandIns standIns;

	private final Flights flights;

	Fills(EntryAccess entries, StandIns standIns, Flights flights) {
		this.entries = entries;
		this.standIns = standIns;
		this.flights = flights;
	}

	/**
	 * Let no later caller have what was loaded before a write.
	 * @param entry key of the write
	 */
	public void forget(byte[] entry) {
		// In this order: see StandIns.keep
		this.flights.forget(entry);
		this.standIns.forget(entry);
	}

	/**
	 * Let no later caller have what was loaded before a write of any key.
	 */
	public void forgetAll() {
		this.flights.forgetAll();
		this.standIns.forgetAll();
	}

	/**
	 * Store a value that is right now.
	 * @param entry its key
	 * @param written the value, {@code null} when it cannot be stored
	 * @param unseen told of a failure that the caller does not get
	 */
	public void put(byte[] entry, @Nullable WrittenValue written, Consumer<RedisFailureException> unseen) {
		forget(entry);
		Flight put = this.flights.prepare(entry, null, 0);
		if (!this.entries.writer().put(entry, written, unseen) && written != null) {
			this.standIns.keep(entry, written, put::isCurrent);
		}
	}

	/**
	 * Store what was loaded, unless a write has come between; without Redis on this node.
	 * Those aboard have it as soon as it can no longer change under the writing: they
	 * have waited for Redis once.
	 */
	CompletableFuture<?> fill(Flight flight, @Nullable Object loaded, @Nullable Long stamp) {
		boolean wanted = (stamp != null || this.standIns.areKept()) && flight.isCurrent();
		WrittenValue written = wanted ? this.entries.writeLoaded(loaded) : null;
		flight.serve(loaded);
		if (written == null) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Boolean> filled = (stamp != null)
				? this.entries.fill(flight.key(), written, stamp, flight::isCurrent)
				: CompletableFuture.completedFuture(false);
		return filled.thenAccept((stored) -> {
			if (!stored) {
				this.standIns.keep(flight.key(), written, flight::isCurrent);
			}
		});
	}

}
