package io.redispatterns.races;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.transaction.annotation.Transactional;

/**
 * All ways to read a track through the cache.
 */
@CacheConfig(cacheNames = TrackReader.CACHE)
class TrackReader {

	static final String CACHE = "tracks";

	private final TrackTable table;

	private final Executor executor;

	TrackReader(TrackTable table, Executor executor) {
		this.table = table;
		this.executor = executor;
	}

	@Cacheable
	public Track find(int id) {
		return this.table.load(id);
	}

	@Cacheable(sync = true)
	public Track findOnce(int id) {
		return this.table.load(id);
	}

	/**
	 * A get and a put, whatever is made of the other methods.
	 */
	@Cacheable(unless = "#result.version() < 0")
	public Track findUnless(int id) {
		return this.table.load(id);
	}

	@Cacheable
	public CompletableFuture<Track> findLater(int id) {
		return CompletableFuture.supplyAsync(() -> this.table.load(id), this.executor);
	}

	@Cacheable(sync = true)
	public CompletableFuture<Track> findLaterOnce(int id) {
		return CompletableFuture.supplyAsync(() -> this.table.load(id), this.executor);
	}

	@Cacheable
	@Transactional(readOnly = true)
	public Track findReadOnly(int id) {
		return this.table.load(id);
	}

	@Cacheable
	@Transactional
	public Track findInTransaction(int id) {
		return this.table.load(id);
	}

}
