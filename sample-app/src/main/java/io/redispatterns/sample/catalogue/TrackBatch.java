package io.redispatterns.sample.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.redispatterns.cache.BulkCache;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.CacheManager;
import org.springframework.stereotype.Component;

/**
 * Many tracks at once, from the same cache as single tracks: what the cache does not hold
 * is one question to the database.
 */
@Component
final class TrackBatch {

	private final CacheManager cacheManager;

	private final CatalogueQueries queries;

	TrackBatch(CacheManager cacheManager, CatalogueQueries queries) {
		this.cacheManager = cacheManager;
		this.queries = queries;
	}

	/**
	 * Finds tracks.
	 * @param ids the ids
	 * @return the tracks in the order of the ids, without those that are not in the
	 * catalogue
	 */
	List<Track> find(TrackIds ids) {
		BulkCache cache = (BulkCache) Objects.requireNonNull(this.cacheManager.getCache("tracks"));
		Map<Object, @Nullable Object> found = new HashMap<>(cache.getAll(ids.values()));
		List<Integer> missing = ids.values().stream().filter((id) -> !found.containsKey(id)).toList();
		if (!missing.isEmpty()) {
			Map<Integer, @Nullable Track> loaded = load(missing);
			cache.putAll(loaded);
			found.putAll(loaded);
		}
		List<Track> tracks = new ArrayList<>();
		for (Integer id : ids.values()) {
			if (found.get(id) instanceof Track track) {
				tracks.add(track);
			}
		}
		return tracks;
	}

	private Map<Integer, @Nullable Track> load(List<Integer> ids) {
		Map<Integer, @Nullable Track> loaded = new HashMap<>();
		ids.forEach((id) -> loaded.put(id, null));
		this.queries.tracks(ids).forEach((track) -> loaded.put(track.id(), track));
		return loaded;
	}

}
