package io.redispatterns.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * The floor: the least script that keeps a token bucket, sent by its digest over one
 * Lettuce connection.
 */
final class GcraLimit implements Limit {

	private static final String SCRIPT = """
			local time = redis.call('TIME')
			local now = time[1] * 1000000 + time[2]
			local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
			local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + interval
			local wait = tat - now - burst * interval
			if wait > 0 then
			  return wait
			end
			redis.call('SET', KEYS[1], string.format('%.0f', tat), 'PX', math.ceil((tat - now) / 1000) + 1)
			return 0
			""";

	private static final String INTERVAL = "3600";

	private final RedisClient client;

	private final StatefulRedisConnection<String, String> connection;

	private final RedisCommands<String, String> commands;

	private final String digest;

	GcraLimit(int port) {
		this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
		this.connection = this.client.connect();
		this.commands = this.connection.sync();
		this.digest = this.commands.scriptLoad(SCRIPT);
	}

	@Override
	public boolean acquire(String subject) {
		Long wait = this.commands.evalsha(this.digest, ScriptOutputType.INTEGER,
				new String[] { "benchmarks:rl:{" + subject + "}:limit" }, INTERVAL, String.valueOf(PLENTY));
		return wait == 0;
	}

	@Override
	public void close() {
		this.connection.close();
		this.client.shutdown();
	}

}
