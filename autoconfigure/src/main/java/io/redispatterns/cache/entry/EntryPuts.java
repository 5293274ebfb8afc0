package io.redispatterns.cache.entry;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.redispatterns.cache.delivery.Evictions;
import io.redispatterns.cache.delivery.Journal;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.Generations.Latest;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Values of one cache on their way to Redis. Each has a deadline, after which the server
 * stores it no more, and takes the place of what was there, unless that has a higher
 * version: a value that the server has no memory for leaves no entry.
 */
final class EntryPuts {

	private static final LuaScript<Long> FILL = LuaScript.returningNumber(EntryPuts.class, "fill.lua");

	private static final LuaScript<Long> REPLACE = LuaScript.returningNumber(EntryPuts.class, "replace.lua");

	private static final LuaScript<Long> STORE = LuaScript.returningNumber(EntryPuts.class, "store.lua");

	private static final byte[] NOTHING = {};

	/**
	 * The value is void by another generation than this node has known, stored or not.
	 */
	private static final long VOID = 3;

	private static final CompletableFuture<Event> PUT = CompletableFuture.completedFuture(Event.PUT);

	private final RedisExecutor redis;

	private final Generations generations;

	private final Lifetime lifetime;

	private final Journal journal;

	private final Evictions evictions;

	private final byte[] channel;

	private final NearWrites near;

	private volatile boolean together;

	EntryPuts(EntryStore store, RedisExecutor redis, Generations generations) {
		this.redis = redis;
		this.together = redis.isSingleServer();
		this.generations = generations;
		this.lifetime = store.lifetime();
		this.near = store.near();
		this.journal = store.redelivery().journal();
		this.evictions = store;
		this.channel = store.leases().channel();
	}

	/**
	 * Begin a put: what it sends from now on stores nothing once its caller has given up.
	 * @param load how long the load took in milliseconds, 0 when it was not loaded
	 */
	Put prepare(byte[] key, WrittenValue written, int load) {
		return Put.begin(key, written, load, this.lifetime, this.redis);
	}

	/**
	 * The stamp of values that are right now, and their tags with it;
	 * {@link Generations#FENCED} when they may not be stored.
	 */
	CompletableFuture<Long> stamp(Set<String> tags) {
		return this.generations.ensure(tags)
			.thenCompose((done) -> this.generations.ensure())
			.thenApply(Generation::stamp);
	}

	/**
	 * Store a value that is right now. Stamped with what this node knows, in one round
	 * trip with a look at the generation; stamped again in the rare case that another
	 * node has cleared the cache since, unless the entry has changed meanwhile.
	 * @return {@link Event#PUT}, or {@link Event#OUTDATED} when the entry that was there
	 * has a higher version, and stays, or {@link Event#REMOVAL} where a transaction is
	 * about to void the cache
	 */
	CompletableFuture<Event> put(Put put) {
		Latest latest = this.generations.latest();
		if (latest == null || !put.tags().isEmpty()) {
			return putAnew(put);
		}
		long stamp = latest.generation().number();
		byte[] entry = put.encode(stamp);
		if (this.together) {
			return this.near
				.write(WriteKind.PUT, put.key(),
						(announcement) -> this.redis.run(STORE, Leases.keys(put.key(), this.generations.key()),
								put.arguments(entry, announcement, latest.stored())))
				.thenCompose((reply) -> (reply == Put.STORED) ? PUT : putAgain(put, reply))
				.exceptionallyCompose((ex) -> putApart(put, ex));
		}
		return this.near
			.write(WriteKind.PUT, put.key(), (announcement) -> this.redis.runAndGet(STORE, Leases.keys(put.key()),
					put.arguments(entry, announcement), this.generations.key(),
					(reply, now) -> (this.generations.learn(now).admits(stamp) || reply != Put.STORED) ? reply : VOID))
			.thenCompose((reply) -> (reply != VOID) ? CompletableFuture.completedFuture(Put.event(reply))
					: restamp(put, entry));
	}

	private CompletableFuture<Event> putAgain(Put put, long reply) {
		return (reply == VOID) ? putAnew(put) : CompletableFuture.completedFuture(Put.event(reply));
	}

	/**
	 * Put again where what seems to be one server hands on to several.
	 */
	private CompletableFuture<Event> putApart(Put put, Throwable failure) {
		if (!Failures.areSlotsApart(failure)) {
			return CompletableFuture.failedFuture(failure);
		}
		this.together = false;
		return put(put);
	}

	private CompletableFuture<Event> putAnew(Put put) {
		return orRemoved(this.generations.ensure().thenCompose((now) -> store(put, now.stamp())), put.key());
	}

	private CompletableFuture<Event> restamp(Put put, byte[] entry) {
		return this.generations.ensure()
			.thenCompose((now) -> now.fenced() ? remove(put)
					: exchange(put, entry, Entry.restamp(entry, now.number())).thenApply((replaced) -> Event.PUT));
	}

	private CompletableFuture<Event> remove(Put put) {
		return this.evictions.evict(put.key(), 0).thenApply((removed) -> Event.REMOVAL);
	}

	/**
	 * Remove what a put that failed was to replace: it may have failed before its entry,
	 * at a tag for which there is no memory.
	 */
	private <T extends @Nullable Object> CompletableFuture<T> orRemoved(CompletableFuture<T> put, byte[] key) {
		return put.exceptionallyCompose((ex) -> this.evictions.evict(key, 0).handle((removed, again) -> {
			throw new CompletionException(ex);
		}));
	}

	/**
	 * Store a loaded value if the lease under which it was loaded is still good.
	 * @param put the value, {@code null} only to learn whether the lease is good
	 * @return whether it is
	 */
	CompletableFuture<Boolean> fill(Grant grant, @Nullable Put put) {
		byte[] key = grant.key();
		if (put == null) {
			return run(grant, NOTHING, 0, false);
		}
		return (this.journal.trusts(key) && this.journal.trusts(put.tags()))
				? this.generations.ensure(put.tags())
					.thenCompose((done) -> run(grant, put.encode(grant.stamp()), put.millis(), false))
				: CompletableFuture.failedFuture(EntryStore.UNTRUSTED);
	}

	/**
	 * Store a value that was loaded, or perhaps written, under a lease; if that is not
	 * good any more, there is no entry.
	 */
	CompletableFuture<Boolean> fillOrRemove(Grant grant, Put put) {
		return orRemoved(this.generations.ensure(put.tags())
			.thenCompose((done) -> run(grant, put.encode(grant.stamp()), put.millis(), true)), put.key());
	}

	private CompletableFuture<Boolean> run(Grant grant, byte[] entry, long millis, boolean remove) {
		byte[] refused = (remove ? "remove" : "leave").getBytes(StandardCharsets.US_ASCII);
		return this.near.write(remove ? WriteKind.PUT : WriteKind.FILL, grant.key(), (announcement) -> {
			byte[][] arguments = NearWrites.arguments(announcement, grant.token(), entry, Generations.number(millis),
					this.channel, refused, grant.seen());
			return this.redis.runAndGet(FILL, Leases.keys(grant.key()), arguments, this.generations.key(),
					(reply, now) -> good(grant, reply, now));
		});
	}

	private boolean good(Grant grant, long reply, byte @Nullable [] now) {
		if (reply < 0) {
			throw Put.REMOVED;
		}
		// No clear, or eviction of a tag, has come between: no lease knows of those
		Generation generation = this.generations.learn(now);
		return reply == 1 && generation.isKnown() && generation.number() <= grant.stamp();
	}

	private CompletableFuture<Event> store(Put put, long stamp) {
		if (stamp == Generations.FENCED) {
			return remove(put);
		}
		return this.generations.ensure(put.tags())
			.thenCompose((done) -> this.near.write(WriteKind.PUT, put.key(),
					(announcement) -> this.redis.run(STORE, Leases.keys(put.key()),
							put.arguments(put.encode(stamp), announcement))))
			.thenApply(Put::event);
	}

	/**
	 * Store a value where the entry is still what a reply said. Beside a fence it is not
	 * stored, and nothing is.
	 * @return whether it was
	 */
	CompletableFuture<Boolean> replace(Put put, byte @Nullable [] expected) {
		byte[] before = (expected != null) ? expected : NOTHING;
		return this.generations.ensure()
			.thenCompose((now) -> now.fenced() ? remove(put).thenApply((removed) -> true)
					: this.generations.ensure(put.tags())
						.thenCompose((done) -> exchange(put, before, put.encode(now.number()))));
	}

	private CompletableFuture<Boolean> exchange(Put put, byte[] before, byte[] after) {
		return this.near
			.write(WriteKind.PUT, put.key(),
					(announcement) -> this.redis.run(REPLACE, Leases.keys(put.key()), NearWrites.arguments(announcement,
							before, after, Generations.number(put.millis()), Generations.number(put.deadline()))))
			.thenApply((replaced) -> {
				if (replaced < 0) {
					throw Put.LATE;
				}
				return replaced == 1;
			});
	}

}
