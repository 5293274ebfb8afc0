package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.cache.call.CachedCall;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.fill.Fills;
import io.redispatterns.cache.fill.LoadReader;
import io.redispatterns.cache.fill.Permits;
import io.redispatterns.cache.fill.Tickets;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one cache by those who load what they miss, and put it then: the put is taken
 * for a fill under the lease of the miss.
 */
public final class Lookups {

	private final LoadReader reader;

	private final Permits permits;

	private final Fills fills;

	private final Tickets tickets = new Tickets();

	Lookups(LoadReader reader, Permits permits, Fills fills) {
		this.reader = reader;
		this.permits = permits;
		this.fills = fills;
	}

	/**
	 * Read one store value.
	 * @return the value, {@code null} when there is none
	 */
	public @Nullable Object read(byte[] entry) {
		Object found = this.reader.fresh(this.reader.look(entry));
		while (found instanceof Miss miss) {
			Permit permit = this.permits.pass(entry, miss).join();
			if (!permit.isFound()) {
				this.tickets.keep(entry, permit);
				return null;
			}
			found = this.reader.lookAgain(entry, miss);
		}
		return found;
	}

	/**
	 * Read one store value without waiting for it; within a {@link CachedCall}, which may
	 * come back with a put.
	 */
	public CompletableFuture<@Nullable Object> readLater(byte[] entry) {
		CachedCall call = CachedCall.current();
		return this.reader.lookLater(entry).thenCompose((found) -> ticketed(entry, this.reader.fresh(found), call));
	}

	private CompletableFuture<@Nullable Object> ticketed(byte[] entry, Object found, @Nullable CachedCall call) {
		if (!(found instanceof Miss miss)) {
			return CompletableFuture.completedFuture(found);
		}
		if (call == null) {
			return CompletableFuture.completedFuture(null);
		}
		return this.permits.pass(entry, miss).thenApply((permit) -> {
			// Another look might find what the caller has written since he asked
			call.keep(entry, permit, this.tickets::keep);
			return null;
		});
	}

	/**
	 * Take what the miss gave that a put follows.
	 * @return {@code null} when it follows none
	 */
	public @Nullable Permit take(byte[] entry) {
		return this.tickets.take(entry);
	}

	/**
	 * Store a value: under the lease of the miss that it follows, if it follows one.
	 * @param ticket what the miss gave
	 * @param written the value, {@code null} when it cannot be stored
	 * @param unseen told of a failure that the caller does not get
	 */
	public void put(byte[] entry, @Nullable Permit ticket, @Nullable WrittenValue written,
			Consumer<RedisFailureException> unseen) {
		if (ticket != null) {
			this.fills.put(entry, ticket, written, unseen);
		}
		else {
			this.fills.put(entry, written, unseen);
		}
	}

	/**
	 * Let what this thread puts next be right whatever it has missed: it writes the entry
	 * now.
	 */
	public void forget(byte[] entry) {
		this.tickets.drop(entry);
	}

	/**
	 * Let what this thread puts next be right whatever it has missed: it voids entries
	 * now.
	 */
	public void forgetAll() {
		this.tickets.dropAll();
	}

}
