package io.redispatterns.sample.catalogue;

import java.util.List;

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

	@Cacheable("albums")
	@Nullable Album album(int id) {
		return this.queries.album(id);
	}

	@Cacheable(cacheNames = "search", key = "#term.text()")
	List<Track> search(SearchTerm term) {
		return this.queries.search(term);
	}

}
