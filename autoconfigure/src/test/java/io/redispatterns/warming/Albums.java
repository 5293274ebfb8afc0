package io.redispatterns.warming;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.cache.annotation.Cacheable;

/**
 * A source of values that all nodes of a test share, and what was asked of it.
 */
final class Albums {

	static final int SIZE = 20;

	/**
	 * When each load began.
	 */
	static final List<Long> loads = new CopyOnWriteArrayList<>();

	/**
	 * What each load was for.
	 */
	static final List<Integer> loaded = new CopyOnWriteArrayList<>();

	/**
	 * When the keys were asked for.
	 */
	static final List<Long> warmUps = new CopyOnWriteArrayList<>();

	/**
	 * What the database has.
	 */
	static final Map<Integer, Integer> database = new ConcurrentHashMap<>();

	/**
	 * What stands between the database and who reads it.
	 */
	static volatile IntUnaryOperator wire = IntUnaryOperator.identity();

	private Albums() {
	}

	static void reset() {
		loads.clear();
		loaded.clear();
		warmUps.clear();
		wire = IntUnaryOperator.identity();
		database.clear();
		IntStream.range(0, SIZE).forEach((id) -> database.put(id, 1));
	}

	private static List<Integer> ids() {
		warmUps.add(System.nanoTime());
		return IntStream.range(0, SIZE).boxed().toList();
	}

	/**
	 * The cached method.
	 */
	static class Catalogue {

		@Cacheable("albums")
		public int find(int id) {
			loads.add(System.nanoTime());
			loaded.add(id);
			int read = database.getOrDefault(id, -1);
			wire.applyAsInt(id);
			return read;
		}

	}

	/**
	 * Warms on start.
	 */
	static class OnStart {

		@WarmCache("albums")
		List<Integer> bestSellers() {
			return ids();
		}

	}

	/**
	 * Warms on start and again.
	 */
	static class Often {

		@WarmCache(cache = "albums", interval = "${test.interval}")
		List<Integer> bestSellers() {
			return ids();
		}

	}

	/**
	 * Loads again what is there.
	 */
	static class Renewing {

		@WarmCache(cache = "albums", interval = "1s", refresh = true)
		List<Integer> bestSellers() {
			return ids();
		}

	}

	/**
	 * Warms on start, ten in a second.
	 */
	static class Slowly {

		@WarmCache(cache = "albums", rate = "10")
		Stream<Integer> bestSellers() {
			return ids().stream();
		}

	}

	/**
	 * Warms at each full second.
	 */
	static class EachSecond {

		@WarmCache(cache = "albums", onStart = false, cron = "* * * * * *")
		List<Integer> bestSellers() {
			return ids();
		}

	}

}
