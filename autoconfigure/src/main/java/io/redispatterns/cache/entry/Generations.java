package io.redispatterns.cache.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.redispatterns.cache.near.Announcement;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one cache and its tags on the server, and what this node knows of them.
 */
public final class Generations {

	/**
	 * The stamp of what may not be stored.
	 */
	public static final long FENCED = 0;

	private static final LuaScript<byte[]> GENERATION = LuaScript.returningBytes(Generations.class, "generation.lua");

	private static final LuaScript<Long> TAG = LuaScript.returningNumber(Generations.class, "tag.lua");

	private final RedisExecutor redis;

	private final Keys keys;

	private final byte[] key;

	private final Lifetime lifetime;

	private final NearWrites near;

	private volatile Generation known = Generation.UNKNOWN;

	/**
	 * What the server is known to hold, which most replies repeat.
	 */
	private volatile @Nullable Latest latest;

	Generations(RedisExecutor redis, Keys keys, Lifetime lifetime, NearWrites near) {
		this.redis = redis;
		this.keys = keys;
		this.key = keys.generation();
		this.lifetime = lifetime;
		this.near = near;
	}

	byte[] key() {
		return this.key;
	}

	/**
	 * What the server says now.
	 * @return the generation, with the numbers 0 when it has none
	 */
	public CompletableFuture<Generation> ask() {
		return this.redis.get(this.key).thenApply((reply) -> learn(reply[0]));
	}

	/**
	 * The generation in force, unless it has to be asked for.
	 */
	@Nullable Latest latest() {
		Latest now = this.latest;
		return (now != null && !now.generation().fenced()) ? now : null;
	}

	/**
	 * Take note of a stored generation. One that is lost, or behind what this node knows,
	 * went away with a server: it is written again before the next load or put.
	 */
	Generation learn(byte @Nullable [] stored) {
		Latest before = this.latest;
		if (stored != null && before != null && Arrays.equals(stored, before.stored())) {
			return before.generation();
		}
		Generation seen = Generation.parse(stored);
		compare(seen, stored);
		return seen.isKnown() ? this.known : seen;
	}

	private synchronized void compare(Generation seen, byte @Nullable [] stored) {
		if (this.known.isKnown() && seen.floor() > this.known.floor()) {
			this.near.near().flush();
		}
		this.known = this.known.highest(seen);
		this.latest = (stored != null && seen.isKnown() && seen.floor() >= this.known.floor())
				? new Latest(this.known, stored) : null;
	}

	/**
	 * The generation in force, written again if it was lost.
	 */
	CompletableFuture<Generation> ensure() {
		return run("ensure", null, Announcement.NONE);
	}

	/**
	 * Give tags that are new, or were lost, a number that no lost eviction can exceed.
	 */
	CompletableFuture<@Nullable Void> ensure(Set<String> tags) {
		if (tags.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		return ensure().thenCompose((now) -> CompletableFuture.allOf(tags.stream()
			.map((tag) -> raise(tag, 0, now.number(), Announcement.NONE))
			.toArray(CompletableFuture<?>[]::new)));
	}

	/**
	 * Whether no tag of the entry was evicted since its load began.
	 */
	CompletableFuture<Boolean> admit(Entry entry) {
		byte[][] tags = entry.tags().stream().map(this.keys::tag).toArray(byte[][]::new);
		return this.redis.get(tags)
			.thenApply((numbers) -> Arrays.stream(numbers)
				.allMatch((number) -> Generation.parseTag(number).admits(entry.stamp())));
	}

	/**
	 * Void all entries; a server without memory for a new number loses the old one, which
	 * does the same.
	 */
	public CompletableFuture<@Nullable Void> clear(@Nullable Fence fence) {
		return this.near.clear(this.key, (announcement) -> run("clear", fence, announcement)).thenApply((now) -> null);
	}

	/**
	 * Take a fence away without voiding anything.
	 */
	public CompletableFuture<@Nullable Void> release(byte[] transaction) {
		return run("ensure", Fence.none(transaction), Announcement.NONE).thenApply((now) -> null);
	}

	/**
	 * Void the entries with a tag: first a new number, so that loads that begin from now
	 * on are above it, then the tag. Without memory for that number all entries are void,
	 * as the tag could not be told from what is loaded before the next one.
	 */
	public CompletableFuture<@Nullable Void> evict(String tag, @Nullable Fence fence) {
		return run("tag", fence, Announcement.NONE)
			.thenCompose((now) -> now.isKnown() ? raiseAndTell(tag, now.number()) : clear(fence));
	}

	private CompletableFuture<@Nullable Void> raiseAndTell(String tag, long number) {
		return this.near.evictTag(tag, this.key, (announcement) -> raise(tag, number, 0, announcement))
			.thenApply((raised) -> null);
	}

	private CompletableFuture<Long> raise(String tag, long atLeast, long whenAbsent, Announcement announcement) {
		return this.redis.run(TAG, new byte[][] { this.keys.tag(tag) }, NearWrites.arguments(announcement,
				number(atLeast), number(whenAbsent), number(this.lifetime.tagMillis())));
	}

	private CompletableFuture<Generation> run(String operation, @Nullable Fence fence, Announcement announcement) {
		Generation before = this.known;
		Stream<byte[]> always = Stream.of(NearWrites.arguments(announcement,
				operation.getBytes(StandardCharsets.US_ASCII), number(before.number()), number(before.floor())));
		Stream<byte[]> fencing = (fence != null) ? Stream.of(fence.transaction(), number(fence.millis()))
				: Stream.empty();
		return this.redis
			.run(GENERATION, new byte[][] { this.key }, Stream.concat(always, fencing).toArray(byte[][]::new))
			.thenApply(this::learn);
	}

	static byte[] number(long number) {
		return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * A generation that the server is known to hold.
	 *
	 * @param generation the generation
	 * @param stored its stored form
	 */
	record Latest(Generation generation, byte[] stored) {

	}

	/**
	 * What a transaction puts around a cache that it is about to void: of what is loaded
	 * meanwhile nothing is stored.
	 *
	 * @param transaction identity of the transaction, hexadecimal
	 * @param millis how long it lasts when nobody takes it away, 0 to take it away
	 */
	public record Fence(byte[] transaction, long millis) {

		/**
		 * The end of a fence.
		 */
		public static Fence none(byte[] transaction) {
			return new Fence(transaction, 0);
		}

	}

}
