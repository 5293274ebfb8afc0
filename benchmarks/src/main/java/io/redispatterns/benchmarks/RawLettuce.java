package io.redispatterns.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;

/**
 * The floor: bytes in and out of one shared Lettuce connection, no prefix on the key,
 * nothing decoded, and a value encoded only once. Its {@code clear} counts up a version,
 * the least a cache could do.
 */
final class RawLettuce implements TrackCache {

	private static final SetArgs TEN_MINUTES = SetArgs.Builder.px(600_000);

	private static final byte[] TEN_MINUTES_ARGUMENT = "600000".getBytes(StandardCharsets.US_ASCII);

	private static final String SET = "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1";

	private final Map<String, byte[]> encoded = new ConcurrentHashMap<>();

	private final JsonMapper json = JsonMapper.shared();

	private final RedisClient client;

	private final StatefulRedisConnection<String, byte[]> connection;

	private final RedisCommands<String, byte[]> commands;

	private final Supplier<String> script;

	RawLettuce(int port) {
		this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
		this.connection = this.client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
		this.commands = this.connection.sync();
		this.script = SingletonSupplier.of(() -> this.commands.scriptLoad(SET));
	}

	@Override
	public byte @Nullable [] get(String key) {
		return this.commands.get(key);
	}

	@Override
	public Map<String, byte[]> getAll(Set<String> keys) {
		Map<String, byte[]> found = new HashMap<>(keys.size() * 2);
		for (KeyValue<String, byte[]> entry : this.commands.mget(keys.toArray(String[]::new))) {
			if (entry.hasValue()) {
				found.put(entry.getKey(), entry.getValue());
			}
		}
		return found;
	}

	@Override
	public void put(String key, Track track) {
		put(key, this.encoded.computeIfAbsent(key, (missing) -> this.json.writeValueAsBytes(track)));
	}

	void put(String key, byte[] json) {
		this.commands.set(key, json, TEN_MINUTES);
	}

	/**
	 * The same by a script that does nothing else.
	 */
	void putByScript(String key, byte[] json) {
		this.commands.evalsha(this.script.get(), ScriptOutputType.INTEGER, new String[] { key }, json,
				TEN_MINUTES_ARGUMENT);
	}

	@Override
	public void clear() {
		this.commands.incr("version");
	}

	@Override
	public void close() {
		this.connection.close();
		this.client.shutdown();
	}

}
