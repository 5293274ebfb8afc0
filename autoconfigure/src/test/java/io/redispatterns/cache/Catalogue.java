package io.redispatterns.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

/**
 * Cached methods that return values of every type.
 */
@CacheConfig(cacheNames = "songs")
class Catalogue extends Repository<Repository.Song, String> {

	@Override
	Song load(int id) {
		return Song.of(id);
	}

	@Override
	String key() {
		return "key";
	}

	@Cacheable
	public Song song(int id) {
		return counted(id, Song.of(id));
	}

	@CachePut(key = "#song.id()")
	public Song save(Song song) {
		return song;
	}

	@Caching(put = @CachePut(key = "#song.id()"), evict = @CacheEvict(cacheNames = "names", key = "#song.id()"))
	public Song rename(Song song) {
		return song;
	}

	@Caching(evict = { @CacheEvict, @CacheEvict(cacheNames = "names") })
	public void forget(int id) {
	}

	@Cacheable("names")
	public String nameOf(int id) {
		return "name";
	}

	@Cacheable("list")
	public List<Song> list(int id) {
		return counted(id, List.of(Song.of(id), Song.of(id + 1)));
	}

	@Cacheable("set")
	public Set<Song> set(int id) {
		return counted(id, Set.of(Song.of(id)));
	}

	@Cacheable("map")
	public Map<Integer, Song> map(int id) {
		return counted(id, Map.of(id, Song.of(id)));
	}

	@Cacheable("optional")
	public Optional<Song> optional(int id) {
		return Optional.ofNullable(counted(id, Song.of(id)));
	}

	@Cacheable("future")
	public CompletableFuture<Song> future(int id) {
		return CompletableFuture.completedFuture(counted(id, Song.of(id)));
	}

	@Cacheable("futureList")
	public CompletableFuture<List<Song>> futureList(int id) {
		return CompletableFuture.completedFuture(counted(id, List.of(Song.of(id))));
	}

	@Cacheable("mono")
	public Mono<Song> mono(int id) {
		return Mono.fromSupplier(() -> counted(id, Song.of(id)));
	}

	@Cacheable("flux")
	public Flux<Song> flux(int id) {
		return Flux.defer(() -> Flux.fromIterable(counted(id, List.of(Song.of(id), Song.of(id)))));
	}

	@Cacheable("count")
	public int count(int id) {
		return counted(id, id);
	}

	@Cacheable("mood")
	public Mood mood(int id) {
		return counted(id, Mood.CALM);
	}

	@Cacheable("shape")
	public Shape shape(int id) {
		return counted(id, new Circle(id));
	}

	@Cacheable("shapes")
	public List<Shape> shapes(int id) {
		return counted(id, List.of(new Circle(id), new Square(id)));
	}

	@Cacheable("bytes")
	public byte[] bytes(int id) {
		return counted(id, new byte[id]);
	}

	@Cacheable("array")
	public Song[] array(int id) {
		return counted(id, new Song[] { Song.of(id) });
	}

	@Cacheable(cacheNames = "synced", sync = true)
	public Song synced(int id) {
		return counted(id, Song.of(id));
	}

	@Cacheable(cacheNames = "syncedMono", sync = true)
	public Mono<Song> syncedMono(int id) {
		return Mono.fromSupplier(() -> counted(id, Song.of(id)));
	}

}
