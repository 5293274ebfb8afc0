package io.redispatterns.races;

import java.util.function.BiConsumer;

import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writers whose cache operation belongs to their transaction.
 */
@CacheConfig(cacheNames = TrackReader.CACHE)
class TrackWriter {

	private final TrackTable table;

	private final TrackReader reader;

	private final TrackEvictions evictions;

	TrackWriter(TrackTable table, TrackReader reader, TrackEvictions evictions) {
		this.table = table;
		this.reader = reader;
		this.evictions = evictions;
	}

	/**
	 * For those who evict after it.
	 */
	@Transactional
	public Track change(int id, Write write) {
		Track track = this.table.change(id, write);
		this.table.end(track, write);
		return track;
	}

	@Transactional
	@CacheEvict(key = "#id")
	public Track evict(int id, Write write) {
		return change(id, write);
	}

	@Transactional
	@CacheEvict(allEntries = true)
	public Track clear(int id, Write write) {
		return change(id, write);
	}

	@Transactional
	@CachePut(key = "#id")
	public Track put(int id, Write write) {
		return change(id, write);
	}

	/**
	 * The eviction is asked for before the row is changed.
	 */
	@Transactional
	public Track evictFirst(int id, Write write) {
		this.evictions.evict(id);
		return change(id, write);
	}

	@Transactional
	public Track evictBetween(int id, Write write) {
		Track track = this.table.change(id, write);
		this.evictions.evict(id);
		this.table.end(track, write);
		return track;
	}

	/**
	 * A read before the change, and one after it.
	 * @param seen takes what was written and what was then read
	 */
	@Transactional
	public Track evictAndRead(int id, Write write, BiConsumer<Track, Track> seen) {
		this.reader.find(id);
		Track track = this.table.change(id, write);
		this.evictions.evict(id);
		seen.accept(track, this.reader.find(id));
		this.table.end(track, write);
		return track;
	}

}
