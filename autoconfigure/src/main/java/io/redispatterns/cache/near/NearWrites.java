package io.redispatterns.cache.near;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.redispatterns.redis.RedisExecutor;

/**
 * Writes of one cache, each announced to other nodes by the script that makes it, in the
 * same round trip. This node forgets before and after each what it keeps near, so that it
 * serves nothing older than what it has written.
 */
public final class NearWrites {

	private static final byte[] NOTHING = {};

	private final String cache;

	private final RedisExecutor redis;

	private final InvalidationBus bus;

	private final NearCache near;

	private final HotKeys hot;

	/**
	 * Create the writes of a cache.
	 * @param cache name of the cache
	 * @param redis the way to the server
	 * @param bus tells other nodes
	 * @param near what this node keeps
	 * @param hot what is read most
	 */
	public NearWrites(String cache, RedisExecutor redis, InvalidationBus bus, NearCache near, HotKeys hot) {
		this.cache = cache;
		this.redis = redis;
		this.bus = bus;
		this.near = near;
		this.hot = hot;
	}

	/**
	 * What this node keeps.
	 * @return the near cache
	 */
	public NearCache near() {
		return this.near;
	}

	/**
	 * What is read most.
	 * @return the keys
	 */
	public HotKeys hot() {
		return this.hot;
	}

	/**
	 * Send a script that writes an entry.
	 * @param <T> what the script returns
	 * @param operation what it does
	 * @param key the key of the entry
	 * @param send sends it, given the message
	 * @return the reply of the script
	 */
	public <T> CompletableFuture<T> write(WriteKind operation, byte[] key,
			Function<Announcement, CompletableFuture<T>> send) {
		return send(operation, key, key, () -> this.near.drop(key), send);
	}

	/**
	 * Send a script that voids all entries.
	 * @param <T> what the script returns
	 * @param counter the key of the counter that it raises
	 * @param send sends it, given the message
	 * @return the reply of the script
	 */
	public <T> CompletableFuture<T> clear(byte[] counter, Function<Announcement, CompletableFuture<T>> send) {
		return send(WriteKind.CLEAR, NOTHING, counter, this.near::flush, send);
	}

	/**
	 * Send a script that voids the entries with a tag.
	 * @param <T> what the script returns
	 * @param tag the tag
	 * @param counter the key of the counter that it raises
	 * @param send sends it, given the message
	 * @return the reply of the script
	 */
	public <T> CompletableFuture<T> evictTag(String tag, byte[] counter,
			Function<Announcement, CompletableFuture<T>> send) {
		return send(WriteKind.TAG, tag.getBytes(StandardCharsets.UTF_8), counter, () -> this.near.dropTag(tag), send);
	}

	private <T> CompletableFuture<T> send(WriteKind operation, byte[] subject, byte[] key, Runnable forget,
			Function<Announcement, CompletableFuture<T>> send) {
		Announcement announcement = this.bus.announce(operation, this.cache, subject, this.redis.now(key));
		if (announcement == Announcement.NONE && this.near == NearCache.NONE) {
			return send.apply(announcement);
		}
		if (this.near == NearCache.NONE) {
			return send.apply(announcement).whenComplete((reply, ex) -> announcement.settle(ex == null));
		}
		forget.run();
		// Also when it fails: it may have run, or may still
		return send.apply(announcement).whenComplete((reply, ex) -> {
			announcement.settle(ex == null);
			forget.run();
		});
	}

	/**
	 * The arguments of a script with a message behind them.
	 * @param announcement the message
	 * @param arguments the arguments
	 * @return the arguments, the channel and the message
	 */
	public static byte[][] arguments(Announcement announcement, byte[]... arguments) {
		byte[][] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = announcement.channel();
		all[arguments.length + 1] = announcement.message();
		return all;
	}

}
