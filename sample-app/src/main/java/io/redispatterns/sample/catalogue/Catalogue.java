package io.redispatterns.sample.catalogue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

import io.redispatterns.cache.many.CacheableMany;
import io.redispatterns.write.WriteThrough;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

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

	/**
	 * Changes the price of a track. The caches follow with the commit: the track as it is
	 * now, its album and all searches when somebody asks for them.
	 * @return the track, {@code null} when there is none
	 */
	@Transactional
	@WriteThrough(cache = "tracks", key = "#id")
	@WriteThrough(cache = "albums", key = "#result.albumId()", unless = "#result == null", store = false)
	@CacheEvict(cacheNames = "search", allEntries = true)
	@Nullable Track reprice(int id, BigDecimal price) {
		return this.queries.reprice(id, price) ? this.queries.track(id) : null;
	}

	@Cacheable(cacheNames = "search", key = "#term.text()")
	List<Track> search(SearchTerm term) {
		return this.queries.search(term);
	}

}
