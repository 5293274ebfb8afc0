package io.redispatterns.sample.catalogue;

import java.util.List;

import io.redispatterns.warming.WarmCache;

import org.springframework.stereotype.Component;

/**
 * What is asked for most: the albums that are in the cache before the first customer
 * comes, and again each five minutes if they have been evicted or have expired.
 */
@Component
final class BestSellers {

	private static final int NUMBER = 20;

	private final CatalogueQueries queries;

	BestSellers(CatalogueQueries queries) {
		this.queries = queries;
	}

	@WarmCache(cache = "albums", interval = "5m")
	List<Integer> albums() {
		return this.queries.bestSellingAlbums(NUMBER);
	}

}
