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

	LettuceAndJackson(int port) {
		this.lettuce = new RawLettuce(port);
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
		this.lettuce.put(key, this.writer.writeValueAsBytes(track));
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
