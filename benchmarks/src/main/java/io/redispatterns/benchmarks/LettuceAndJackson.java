package io.redispatterns.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a careful developer writes by hand: {@link RawLettuce} plus one cached Jackson
 * reader and writer of the type.
 */
final class LettuceAndJackson implements TrackCache {

	private final ObjectReader reader = JsonMapper.shared().readerFor(Track.class);

	private final ObjectWriter writer = JsonMapper.shared().writerFor(Track.class);

	private final RawLettuce lettuce;

	private final boolean scripted;

	LettuceAndJackson(int port) {
		this(port, false);
	}

	private LettuceAndJackson(int port, boolean scripted) {
		this.lettuce = new RawLettuce(port);
		this.scripted = scripted;
	}

	/**
	 * The same, which stores by a script that does nothing else: the least that a put
	 * costs which is to look at anything.
	 */
	static LettuceAndJackson scripted(int port) {
		return new LettuceAndJackson(port, true);
	}

	@Override
	public @Nullable Track get(String key) {
		byte[] json = this.lettuce.get(key);
		return (json != null) ? this.reader.readValue(json) : null;
	}

	@Override
	public Map<String, Track> getAll(Set<String> keys) {
		Map<String, Track> found = new HashMap<>(keys.size() * 2);
		this.lettuce.getAll(keys).forEach((key, json) -> found.put(key, this.reader.readValue(json)));
		return found;
	}

	@Override
	public void put(String key, Track track) {
		byte[] json = this.writer.writeValueAsBytes(track);
		if (this.scripted) {
			this.lettuce.putByScript(key, json);
		}
		else {
			this.lettuce.put(key, json);
		}
	}

	@Override
	public void clear() {
		this.lettuce.clear();
	}

	@Override
	public void close() {
		this.lettuce.close();
	}

}
