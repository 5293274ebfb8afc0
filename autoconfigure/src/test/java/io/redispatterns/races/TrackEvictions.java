package io.redispatterns.races;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;

/**
 * Evictions that have no transaction of their own.
 */
@CacheConfig(cacheNames = TrackReader.CACHE)
class TrackEvictions {

	private final ObjectProvider<TrackWriter> writer;

	TrackEvictions(ObjectProvider<TrackWriter> writer) {
		this.writer = writer;
	}

	@CacheEvict
	public void evict(int id) {
	}

	@CacheEvict(key = "#id")
	public Track evictAfter(int id, Write write) {
		return this.writer.getObject().change(id, write);
	}

	@CacheEvict(allEntries = true)
	public Track clearAfter(int id, Write write) {
		return this.writer.getObject().change(id, write);
	}

}
