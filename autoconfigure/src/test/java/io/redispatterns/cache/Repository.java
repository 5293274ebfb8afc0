package io.redispatterns.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.cache.annotation.Cacheable;

/**
 * Cached methods whose types only a subclass knows, and the types there are.
 *
 * @param <T> what is loaded
 * @param <K> what it is found by
 */
abstract class Repository<T, K> {

	static final AtomicInteger calls = new AtomicInteger();

	static <T> T counted(int id, T value) {
		calls.incrementAndGet();
		return (id < 0) ? null : value;
	}

	abstract T load(int id);

	@Cacheable("generic")
	public T find(int id) {
		return counted(id, load(id));
	}

	@Cacheable("genericMany")
	public Map<K, List<T>> findMany(int id) {
		return counted(id, Map.of(key(), List.of(load(id))));
	}

	abstract K key();

	enum Mood {

		CALM, LOUD

	}

	record Song(int id, String name, Mood mood) {

		static Song of(int id) {
			return new Song(id, "song " + id, Mood.LOUD);
		}

	}

	sealed interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	record Square(double side) implements Shape {

	}

	interface Finder {

		@Cacheable("byName")
		Song byName(String name);

	}

	static class Proxied implements Finder {

		@Override
		public Song byName(String name) {
			return Repository.counted(1, Song.of(1));
		}

	}

}
