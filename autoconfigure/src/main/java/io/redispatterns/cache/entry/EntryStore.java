package io.redispatterns.cache.entry;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one cache in Redis. A read is one command for the entries and the generation
 * together; it is a miss when the generation says so, or is lost. Replies of this class
 * are for {@link RedisExecutor#await} or {@link RedisExecutor#bounded}.
 */
final class EntryStore {

	private static final LuaScript<Long> REPLACE = LuaScript.returningNumber(EntryStore.class, "replace.lua");

	private static final byte[] NOTHING = {};

	private static final CompletableFuture<Boolean> HOLDS = CompletableFuture.completedFuture(true);

	private static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

	private final RedisExecutor redis;

	private final Keys keys;

	private final Lifetime lifetime;

	private final Generations generations;

	EntryStore(RedisExecutor redis, Keys keys, Lifetime lifetime) {
		this.redis = redis;
		this.keys = keys;
		this.lifetime = lifetime;
		this.generations = new Generations(redis, keys, lifetime);
	}

	byte[] key(Object argument) {
		return this.keys.key(argument);
	}

	/**
	 * Ask for entries; the reply is for {@link #accept}.
	 */
	CompletableFuture<@Nullable byte[][]> request(byte[]... entries) {
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
		return entry.tags().isEmpty() ? HOLDS : this.generations.admit(entry);
	}

	/**
	 * The stamp of a load that begins now, where it is known.
	 */
	@Nullable Long knownStamp() {
		return this.generations.knownNumber();
	}

	/**
	 * The stamp of a load that begins now, from the server.
	 */
	CompletableFuture<Long> stamp() {
		return this.generations.ensure().thenApply(Generation::number);
	}

	/**
	 * Store a value that is right now. Stamped with what this node knows, in one round
	 * trip with a look at the generation; stamped again in the rare case that another
	 * node has cleared the cache since, unless the entry has changed meanwhile.
	 */
	CompletableFuture<@Nullable Void> put(byte[] key, byte @Nullable [] value, Set<String> tags) {
		Long stamp = this.generations.knownNumber();
		if (stamp == null || !tags.isEmpty()) {
			return this.generations.ensure().thenCompose((now) -> fill(key, value, tags, now.number()));
		}
		byte[] entry = Entry.encode(value, stamp, tags);
		long millis = this.lifetime.millis(value);
		return this.redis.setAndGet(key, entry, millis, this.generations.key())
			.thenCompose(
					(reply) -> this.generations.learn(reply[0]).admits(stamp) ? DONE : restamp(key, entry, millis));
	}

	private CompletableFuture<@Nullable Void> restamp(byte[] key, byte[] entry, long millis) {
		return this.generations.ensure()
			.thenCompose((now) -> exchange(key, entry, Entry.restamp(entry, now.number()), millis))
			.thenApply((replaced) -> null);
	}

	/**
	 * Store a value whose load began with the stamp.
	 */
	CompletableFuture<@Nullable Void> fill(byte[] key, byte @Nullable [] value, Set<String> tags, long stamp) {
		byte[] entry = Entry.encode(value, stamp, tags);
		long millis = this.lifetime.millis(value);
		return tags.isEmpty() ? this.redis.set(key, entry, millis)
				: this.generations.ensure(tags).thenCompose((done) -> this.redis.set(key, entry, millis));
	}

	/**
	 * Void an entry that {@link #fill} has stored, unless it has changed meanwhile.
	 */
	CompletableFuture<@Nullable Void> retract(byte[] key, byte @Nullable [] value, Set<String> tags, long stamp) {
		byte[] entry = Entry.encode(value, stamp, tags);
		return exchange(key, entry, Entry.restamp(entry, 0), 1).thenApply((replaced) -> null);
	}

	/**
	 * Store a value where the entry is still what a reply said.
	 * @return whether it was
	 */
	CompletableFuture<Boolean> replace(byte[] key, byte @Nullable [] expected, byte @Nullable [] value,
			Set<String> tags) {
		byte[] before = (expected != null) ? expected : NOTHING;
		return this.generations.ensure()
			.thenCompose((now) -> this.generations.ensure(tags)
				.thenCompose((done) -> exchange(key, before, Entry.encode(value, now.number(), tags),
						this.lifetime.millis(value))));
	}

	private CompletableFuture<Boolean> exchange(byte[] key, byte[] before, byte[] after, long millis) {
		return this.redis.run(REPLACE, new byte[][] { key }, before, after, Generations.number(millis))
			.thenApply((replaced) -> replaced == 1);
	}

	CompletableFuture<Boolean> remove(byte[] key) {
		return this.redis.unlink(key);
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

	CompletableFuture<@Nullable Void> clear() {
		return this.generations.clear();
	}

	CompletableFuture<@Nullable Void> evictTag(String tag) {
		return this.generations.evict(tag);
	}

}
