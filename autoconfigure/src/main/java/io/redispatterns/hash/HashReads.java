package io.redispatterns.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.hash.HashStatistics.Event;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a store, and takes the leases of those that are not there.
 */
final class HashReads {

	private static final LuaScript<byte[]> READ = LuaScript.returningBytes(HashReads.class, "read.lua");

	private static final byte[] LEASE_MILLIS = "60000".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] NOTHING = {};

	private final RedisExecutor redis;

	private final HashCodec codec;

	private final HashStatistics statistics;

	private final LongSupplier random;

	HashReads(RedisExecutor redis, HashCodec codec, HashStatistics statistics, LongSupplier random) {
		this.redis = redis;
		this.codec = codec;
		this.statistics = statistics;
		this.random = random;
	}

	/**
	 * Read objects, each by a script of its own, all sent before the first answers.
	 */
	List<Result> read(List<byte[]> keys) {
		List<CompletableFuture<Result>> replies = keys.stream()
			.map((key) -> run(key, NOTHING, "find", this.codec.names()).thenApply(this::result))
			.toList();
		return this.redis.await(CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
			.thenApply((done) -> replies.stream().map(CompletableFuture::join).toList()));
	}

	/**
	 * Read an object, or take a lease of it.
	 */
	Result readOrLease(byte[] key) {
		byte[] token = ByteBuffer.allocate(16)
			.putLong(this.random.getAsLong())
			.putLong(this.random.getAsLong())
			.array();
		Result result = result(this.redis.await(run(key, token, "find", this.codec.names())));
		return (result.object() == null && result.lease().length == 0)
				? new Result(null, lease(this.redis.await(run(key, token, "lease", List.of("~"))))) : result;
	}

	/**
	 * Read some fields of an object.
	 * @return their JSON by name, empty when there is no object that has all of them
	 */
	Map<String, byte[]> fields(byte[] key, Collection<String> names) {
		byte[] reply = this.redis.await(run(key, NOTHING, "find", names));
		Map<String, byte[]> fields = (reply[0] == 'h') ? parse(reply, names) : Map.of();
		boolean found = fields.size() == names.size();
		this.statistics.count(found ? Event.HIT : Event.MISS);
		return found ? fields : Map.of();
	}

	HashStatistics statistics() {
		return this.statistics;
	}

	private CompletableFuture<byte[]> run(byte[] key, byte[] token, String mode, Collection<String> names) {
		byte[][] arguments = new byte[3 + names.size()][];
		arguments[0] = token;
		arguments[1] = LEASE_MILLIS;
		arguments[2] = mode.getBytes(StandardCharsets.US_ASCII);
		int next = 3;
		for (String name : names) {
			arguments[next++] = name.getBytes(StandardCharsets.UTF_8);
		}
		return this.redis.run(READ, keys(key), arguments);
	}

	/**
	 * The key of an object and that of its lease, as scripts take them.
	 */
	static byte[][] keys(byte[] object) {
		return new byte[][] { object, Keys.beside(object, "l") };
	}

	private Result result(byte[] reply) {
		if (reply[0] == 'h') {
			try {
				Object object = this.codec.decode(parse(reply, this.codec.names()));
				this.statistics.count(Event.HIT);
				return new Result(object, NOTHING);
			}
			catch (UnreadableValueException ex) {
				this.statistics.countUnreadable(ex);
			}
		}
		this.statistics.count(Event.MISS);
		return new Result(null, lease(reply));
	}

	private static byte[] lease(byte[] reply) {
		return (reply[0] == 'm') ? Arrays.copyOfRange(reply, 1, reply.length) : NOTHING;
	}

	private static Map<String, byte[]> parse(byte[] reply, Collection<String> names) {
		Map<String, byte[]> fields = new LinkedHashMap<>();
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

	/**
	 * What a read has found.
	 *
	 * @param object the object, {@code null} when there is none
	 * @param lease what a load needs to be stored, empty when it cannot be
	 */
	record Result(@Nullable Object object, byte[] lease) {

	}

}
