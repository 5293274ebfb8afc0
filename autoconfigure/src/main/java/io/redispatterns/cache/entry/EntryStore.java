package io.redispatterns.cache.entry;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.redispatterns.cache.delivery.CacheEvictions;
import io.redispatterns.cache.delivery.Journal;
import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.entry.Entry.Times;
import io.redispatterns.cache.entry.Generations.Latest;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one cache in Redis. A read is one command for the entries and the generation
 * together; it is a miss when the generation says so, or is lost. Replies of this class
 * are for {@link RedisExecutor#await} or {@link RedisExecutor#bounded}.
 */
final class EntryStore implements CacheEvictions {

	static final RedisFailureException UNTRUSTED = new RedisFailureException(Kind.UNTRUSTED,
			"Entries are not trusted until lost evictions are made good", null);

	private static final CompletableFuture<Boolean> HOLDS = CompletableFuture.completedFuture(true);

	private final RedisExecutor redis;

	private final Generations generations;

	private final EntryPuts puts;

	private final Redelivery redelivery;

	private final Journal journal;

	private final BooleanSupplier trusted;

	private final Leases leases;

	private final Lifetime lifetime;

	private final NearWrites near;

	EntryStore(String cache, RedisExecutor redis, Keys keys, EntryAccess.Settings settings) {
		this.redis = redis;
		this.trusted = settings.trusted();
		this.lifetime = settings.lifetime();
		this.near = settings.near();
		this.leases = new Leases(redis, keys.prefix(), this.lifetime.random());
		this.generations = new Generations(redis, keys, this.lifetime, this.near);
		this.redelivery = new Redelivery(cache, redis, this, this.near.near());
		this.journal = this.redelivery.journal();
		this.puts = new EntryPuts(this, redis, this.generations);
	}

	Generations generations() {
		return this.generations;
	}

	EntryPuts puts() {
		return this.puts;
	}

	Leases leases() {
		return this.leases;
	}

	Lifetime lifetime() {
		return this.lifetime;
	}

	NearWrites near() {
		return this.near;
	}

	/**
	 * How long a value lives on, in milliseconds; 0 or less when it has expired. Where
	 * none is kept longer the server tells, and where it is not known what the time is
	 * there, one that is kept longer may have expired.
	 */
	long left(byte[] key, Times times) {
		long now = this.redis.now(key) / 1000;
		if (this.lifetime.staleness().window() > 0) {
			return (now > 0) ? times.expiry() - now : -Long.MAX_VALUE;
		}
		return (now > 0) ? Math.max(1, times.expiry() - now) : Long.MAX_VALUE;
	}

	Redelivery redelivery() {
		return this.redelivery;
	}

	/**
	 * Ask for entries that are trusted; the reply is for {@link #accept}.
	 */
	CompletableFuture<@Nullable byte[][]> request(byte[]... entries) {
		if (!this.trusted.getAsBoolean() || !this.journal.trusts(entries)) {
			return CompletableFuture.failedFuture(UNTRUSTED);
		}
		byte[][] requested = new byte[entries.length + 1][];
		System.arraycopy(entries, 0, requested, 0, entries.length);
		requested[entries.length] = this.generations.key();
		return this.redis.get(requested);
	}

	/**
	 * The entry at one place of a reply, unless it is void by the generation.
	 * @return the entry, whose tags are still to be {@linkplain #tagsHold checked};
	 * {@code null} when there is none, {@link Entry#FOREIGN} for bytes that are not one
	 */
	@Nullable Entry accept(@Nullable byte[][] reply, int index) {
		Generation generation = this.generations.learn(reply[reply.length - 1]);
		byte[] bytes = reply[index];
		if (bytes == null) {
			return null;
		}
		Entry entry = Entry.decode(bytes);
		return (entry == Entry.FOREIGN || generation.admits(entry.stamp())) ? entry : null;
	}

	/**
	 * Whether no tag of the entry was evicted since its load began.
	 */
	CompletableFuture<Boolean> tagsHold(Entry entry) {
		if (entry.tags().isEmpty()) {
			return HOLDS;
		}
		return this.journal.trusts(entry.tags()) ? this.generations.admit(entry)
				: CompletableFuture.failedFuture(UNTRUSTED);
	}

	/**
	 * The stamp of a load that begins now, {@link Generations#FENCED} when it may not be
	 * stored.
	 */
	CompletableFuture<Long> stamp() {
		Latest latest = this.generations.latest();
		return (latest != null) ? CompletableFuture.completedFuture(latest.generation().number())
				: this.generations.ensure().thenApply(Generation::stamp);
	}

	/**
	 * Remove an entry, and void its lease.
	 * @return whether there was one
	 */
	CompletableFuture<Boolean> remove(byte[] key) {
		return unlink(key, 0).thenApply((reply) -> reply == 2);
	}

	/**
	 * Remove an entry.
	 * @return what was there, for {@link #accept}; nothing when another was faster
	 */
	CompletableFuture<@Nullable byte[][]> take(byte[] key) {
		CompletableFuture<@Nullable byte[][]> reply = request(key);
		return remove(key).thenCombine(reply, (removed, found) -> {
			if (!removed) {
				found[0] = null;
			}
			return found;
		});
	}

	@Override
	public CompletableFuture<Boolean> evict(byte[] key, long deadline) {
		return unlink(key, deadline).thenApply((reply) -> reply > 0);
	}

	private CompletableFuture<Long> unlink(byte[] key, long deadline) {
		return this.near.write(WriteKind.EVICT, key, (announcement) -> this.leases.evict(key, deadline, announcement));
	}

	@Override
	public CompletableFuture<@Nullable Void> clear() {
		return this.generations.clear(null);
	}

	@Override
	public CompletableFuture<@Nullable Void> evictTag(String tag) {
		return this.generations.evict(tag, null);
	}

}
