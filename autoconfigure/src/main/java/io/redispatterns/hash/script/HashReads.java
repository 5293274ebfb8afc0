package io.redispatterns.hash.script;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.hash.field.HashCodec;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a store, and takes the leases of those that are not there.
 */
public final class HashReads {

	private static final LuaScript<byte[]> FIND = LuaScript.returningBytes(HashReads.class, "find.lua",
			"/io/redispatterns/cache/lease/lease.lua");

	private static final byte[] NOTHING = {};

	private static final byte[][] NO_LEASE = { NOTHING, NOTHING, NOTHING, NOTHING, NOTHING };

	private static final Lease FOUND = new Lease(State.FOUND, NOTHING, 0);

	private final RedisExecutor redis;

	private final HashCodec codec;

	private final HashStatistics statistics;

	private final Leases leases;

	public HashReads(RedisExecutor redis, HashCodec codec, HashStatistics statistics, Leases leases) {
		this.redis = redis;
		this.codec = codec;
		this.statistics = statistics;
		this.leases = leases;
	}

	public Leases leases() {
		return this.leases;
	}

	public HashStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Read some fields of objects, each by a script of its own, all sent before the first
	 * answers.
	 * @return what is there of them as JSON by name, empty when there is no object
	 */
	public List<Map<String, byte[]>> fields(List<byte[]> keys, Collection<String> names) {
		List<CompletableFuture<byte[]>> replies = keys.stream().map((key) -> run(key, NO_LEASE, names)).toList();
		return this.redis.await(CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> replies.stream().map((reply) -> parse(reply.join(), names)).toList()));
	}

	/**
	 * Read objects.
	 * @return the objects in the order of the keys, {@code null} where there is none
	 */
	public List<@Nullable Object> objects(List<byte[]> keys) {
		List<@Nullable Object> objects = new ArrayList<>(keys.size());
		fields(keys, this.codec.names()).forEach((fields) -> objects.add(decode(fields)));
		return objects;
	}

	/**
	 * Ask for the lease of an object that is not there.
	 * @param token the token that it gets
	 * @param exclusive whether nobody else is to hold it exclusively
	 * @param time how long it lasts
	 * @return the lease, as of {@link Leases#take}
	 */
	public CompletableFuture<Lease> lease(byte[] key, byte[] token, boolean exclusive, Duration time) {
		byte[][] lease = { token, text(Long.toString(time.toMillis())), NOTHING,
				text(exclusive ? "exclusive" : "share"), text(Long.toString(this.redis.deadline(key))) };
		return run(key, lease, this.codec.names()).thenCompose((reply) -> {
			if (reply[0] != 'h') {
				return CompletableFuture.completedFuture(Leases.lease(reply));
			}
			// Whatever is there that cannot be read is in nobody's way
			return (decode(parse(reply, this.codec.names())) != null) ? CompletableFuture.completedFuture(FOUND)
					: this.leases.take(key, token, NOTHING, exclusive, time);
		});
	}

	/**
	 * The object that some fields are.
	 * @param fields what is there as JSON by name
	 * @return the object, {@code null} when they are none
	 */
	public @Nullable Object decode(Map<String, byte[]> fields) {
		if (fields.isEmpty()) {
			return null;
		}
		try {
			return this.codec.decode(fields);
		}
		catch (UnreadableValueException ex) {
			this.statistics.countUnreadable(ex);
			return null;
		}
	}

	private CompletableFuture<byte[]> run(byte[] key, byte[][] lease, Collection<String> names) {
		byte[][] arguments = new byte[lease.length + names.size()][];
		System.arraycopy(lease, 0, arguments, 0, lease.length);
		int next = lease.length;
		for (String name : names) {
			arguments[next++] = text(name);
		}
		return this.redis.run(FIND, Leases.keys(key), arguments);
	}

	private static Map<String, byte[]> parse(byte[] reply, Collection<String> names) {
		Map<String, byte[]> fields = new LinkedHashMap<>();
		if (reply[0] != 'h') {
			return fields;
		}
		ByteBuffer source = ByteBuffer.wrap(reply, 1, reply.length - 1);
		source.position(source.position() + 4 + source.getInt(source.position()));
		for (String name : names) {
			int length = source.getInt();
			if (length >= 0) {
				byte[] field = new byte[length];
				source.get(field);
				fields.put(name, field);
			}
		}
		return fields;
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
