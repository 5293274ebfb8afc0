package io.redispatterns.cache.fill;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryWriter.Filled;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flights;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Permit;
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

	public Fills(EntryAccess entries, StandIns standIns, Flights flights) {
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
		long put = this.flights.writes(entry);
		if (!this.entries.writer().put(entry, written, unseen) && written != null) {
			this.standIns.keep(entry, written, () -> this.flights.writes(entry) == put);
		}
	}

	/**
	 * Store a value that was loaded since a miss, unless a write has come between, or
	 * that was written: that cannot be told. So there is no older one in any case.
	 * @param entry its key
	 * @param permit what the miss gave
	 * @param written the value, {@code null} when it cannot be stored
	 * @param unseen told of a failure that the caller does not get
	 */
	public void put(byte[] entry, Permit permit, @Nullable WrittenValue written,
			Consumer<RedisFailureException> unseen) {
		Grant grant = permit.grant();
		forget(entry);
		long put = this.flights.writes(entry);
		boolean done = store(entry, (grant != null) ? grant : Grant.voided(entry), written, unseen);
		if (written != null && (!done || permit.isWithoutRedis())) {
			this.standIns.keep(entry, written, () -> this.flights.writes(entry) == put);
		}
	}

	/**
	 * Without the right to fill, a version still tells whether what others have written
	 * meanwhile may stay.
	 */
	private boolean store(byte[] entry, Grant grant, @Nullable WrittenValue written,
			Consumer<RedisFailureException> unseen) {
		return (written != null && (!grant.isVoid() || written.version() != null))
				? this.entries.writer().putLeased(grant, written, unseen)
				: this.entries.writer().put(entry, null, unseen);
	}

	/**
	 * Store what was loaded, unless it is {@link Unstored}, if the lease is good; without
	 * Redis on this node. Nobody has the value before it can no longer change under the
	 * writing.
	 * @param load how long the load took, in nanoseconds
	 * @return whether the value was good when the doors closed, as far as can be known
	 */
	public CompletableFuture<Boolean> fill(Flight flight, @Nullable Object loaded, Permit permit, long load) {
		Grant grant = permit.grant();
		boolean wanted = grant != null || (permit.isWithoutRedis() && this.standIns.areKept());
		WrittenValue written = (wanted && !(loaded instanceof Unstored)) ? this.entries.writeLoaded(loaded) : null;
		flight.closeDoors();
		flight.serve(Unstored.served(loaded));
		CompletableFuture<Filled> filled = (grant != null) ? this.entries.fill(grant, written, millis(load))
				: CompletableFuture.completedFuture(permit.isWithoutRedis() ? Filled.FAILED : Filled.REFUSED);
		return filled.thenApply((outcome) -> {
			if (outcome == Filled.FAILED && written != null) {
				this.standIns.keep(flight.key(), written, flight::isCurrent);
			}
			permit.end(outcome != Filled.FAILED && grant != null);
			return outcome != Filled.REFUSED;
		});
	}

	/**
	 * At least one: none says that a value was not loaded.
	 */
	private static int millis(long nanos) {
		return (int) Math.min(Integer.MAX_VALUE, 1 + nanos / 1_000_000);
	}

}
