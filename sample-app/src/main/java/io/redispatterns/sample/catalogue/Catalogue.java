package io.redispatterns.sample.catalogue;

import java.util.List;
import java.util.Set;

import io.redispatterns.cache.many.CacheableMany;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;

/**
 * The catalogue, read through the caches. What is not in it is remembered too, as
 * {@code null}, so that asking for an unknown id again does not reach the database.
 */
@Component
class Catalogue {

	private final CatalogueQueries queries;

	Catalogue(CatalogueQueries queries) {
		this.queries = queries;
	}

	@Cacheable("tracks")
	@Nullable Track track(int id) {
		return this.queries.track(id);
	}

	/**
	 * Finds tracks: what the cache does not hold is one question to the database.
	 * @param ids the ids
	 * @return the tracks in the order of the ids, without those that are not in the
	 * catalogue
	 */
	@CacheableMany(cache = "tracks", resultKey = "#result.id()")
	List<Track> tracks(Set<Integer> ids) {
		return this.queries.tracks(ids);
	}

	@Cacheable("albums")
	@Nullable Album album(int id) {
		return this.queries.album(id);
	}

	@Cacheable(cacheNames = "search", key = "#term.text()")
	List<Track> search(SearchTerm term) {
		return this.queries.search(term);
	}

}
