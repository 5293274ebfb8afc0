package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a contestant is asked to do: the one seam between the benchmarks and the libraries
 * they compare. A new library, or a new way to use one, is one more implementation.
 * <p>
 * Used by many threads at once. A value is a {@link Track}, or its JSON as bytes where
 * the contestant is the floor and decodes nothing.
 */
interface TrackCache extends AutoCloseable {

	@Nullable Object get(String key);

	/**
	 * Return the value, loaded where it is not there, as seldom as the library can.
	 * @param key the key
	 * @param loader loads the value
	 * @return the value
	 */
	default @Nullable Object get(String key, Supplier<Track> loader) {
		throw new UnsupportedOperationException("does not load");
	}

	/**
	 * Return the values found for the given keys, at once if the library can.
	 * @param keys the keys, all different
	 * @return a map without the missing keys
	 */
	Map<String, ?> getAll(Set<String> keys);

	void put(String key, Track track);

	void clear();

	@Override
	void close();

}
