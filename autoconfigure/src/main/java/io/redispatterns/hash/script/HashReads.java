package io.redispatterns.hash.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.hash.field.HashCodec;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a store, and takes the leases of those that are not there.
 */
public final class HashReads {

	private static final LuaScript<byte[]> LEASE = LuaScript.returningBytes(HashReads.class, "there.lua",
			"/io/redispatterns/cache/lease/lease.lua");

	private static final byte[] NOTHING = {};

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
	 * Read some fields of objects, all asked for before the first answer.
	 * @return what is there of them as JSON by name, empty when there is no object
	 */
	public List<Map<String, byte[]>> fields(List<byte[]> keys, Collection<String> names) {
		List<CompletableFuture<Map<String, byte[]>>> replies = keys.stream().map((key) -> fields(key, names)).toList();
		return this.redis.await(CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> replies.stream().map(CompletableFuture::join).toList()));
	}

	private CompletableFuture<Map<String, byte[]>> fields(byte[] key, Collection<String> names) {
		byte[][] fields = Stream.concat(Stream.of("~"), names.stream()).map(HashReads::text).toArray(byte[][]::new);
		return this.redis.getFields(key, fields)
			.thenApply((found) -> named(names, found))
			.exceptionallyCompose((ex) -> isOfAnotherType(ex) ? CompletableFuture.completedFuture(Map.of())
					: CompletableFuture.failedFuture(Failures.unwrap(ex)));
	}

	private static boolean isOfAnotherType(Throwable ex) {
		return Failures.find(Failures.unwrap(ex),
				(each) -> String.valueOf(each.getMessage()).startsWith("WRONGTYPE")) != null;
	}

	private static Map<String, byte[]> named(Collection<String> names, @Nullable byte[][] found) {
		Map<String, byte[]> fields = new LinkedHashMap<>();
		byte[] marker = found[0];
		if (marker != null && marker.length > 1 && marker[0] == '1' && marker[1] == ':') {
			int next = 1;
			for (String name : names) {
				byte[] field = found[next++];
				if (field != null) {
					fields.put(name, field);
				}
			}
		}
		return fields;
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

	/**
	 * Ask for the lease of an object that is not there. What is there and cannot be read
	 * is in nobody's way.
	 * @param token the token that it gets
	 * @param exclusive whether nobody else is to hold it exclusively
	 * @param time how long it lasts
	 * @return the lease, as of {@link Leases#take}
	 */
	public CompletableFuture<Lease> lease(byte[] key, byte[] token, boolean exclusive, Duration time) {
		return this.redis
			.run(LEASE, Leases.keys(key), token, text(Long.toString(time.toMillis())), NOTHING,
					text(exclusive ? "exclusive" : "share"), text(Long.toString(this.redis.deadline(key))))
			.thenApply(Leases::lease)
			.thenCompose((lease) -> (lease.state() != State.FOUND) ? CompletableFuture.completedFuture(lease)
					: fields(key, this.codec.names())
						.thenCompose((fields) -> (decode(fields) != null) ? CompletableFuture.completedFuture(lease)
								: this.leases.take(key, token, NOTHING, exclusive, time)));
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
