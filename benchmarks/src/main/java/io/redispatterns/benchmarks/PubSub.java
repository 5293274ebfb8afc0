package io.redispatterns.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;

/**
 * The floors of what a node learns: a message with the value, which is stored nowhere; or
 * a message that a value was stored, which is read then. Whoever misses a message never
 * knows.
 */
final class PubSub implements TrackCache {

	private static final String CHANNEL = "tracks";

	private final Map<String, Track> heard = new ConcurrentHashMap<>();

	private final RedisClient client;

	private final StatefulRedisConnection<String, String> connection;

	private final boolean stored;

	private int messages;

	private PubSub(int port, boolean stored) {
		this.stored = stored;
		this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
		this.connection = this.client.connect();
		StatefulRedisPubSubConnection<String, String> subscription = this.client.connectPubSub();
		subscription.addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(String channel, String message) {
				hear(message);
			}

		});
		subscription.sync().subscribe(CHANNEL);
	}

	static TrackCache withValues(int port) {
		return new PubSub(port, false);
	}

	static TrackCache aboutValues(int port) {
		return new PubSub(port, true);
	}

	private synchronized void hear(String message) {
		this.messages++;
		int at = message.lastIndexOf('=');
		if (this.stored) {
			this.heard.remove(message);
		}
		else {
			this.heard.put(message.substring(0, at), Track.of(Integer.parseInt(message.substring(at + 1))));
		}
	}

	@Override
	public @Nullable Track get(String key) {
		Track kept = this.heard.get(key);
		return (kept == null && this.stored) ? read(key) : kept;
	}

	private @Nullable Track read(String key) {
		int before = messages();
		String id = this.connection.sync().get(key);
		if (id == null) {
			return null;
		}
		Track read = Track.of(Integer.parseInt(id));
		keep(key, read, before);
		return read;
	}

	private synchronized int messages() {
		return this.messages;
	}

	private synchronized void keep(String key, Track read, int before) {
		if (before == this.messages) {
			this.heard.put(key, read);
		}
	}

	@Override
	public Map<String, Track> getAll(Set<String> keys) {
		Map<String, Track> found = new LinkedHashMap<>();
		for (String key : keys) {
			Track track = get(key);
			if (track != null) {
				found.put(key, track);
			}
		}
		return found;
	}

	@Override
	public void put(String key, Track track) {
		if (this.stored) {
			this.connection.async().set(key, String.valueOf(track.id()));
			this.connection.sync().publish(CHANNEL, key);
		}
		else {
			this.connection.sync().publish(CHANNEL, key + "=" + track.id());
		}
	}

	@Override
	public void clear() {
		this.heard.clear();
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
