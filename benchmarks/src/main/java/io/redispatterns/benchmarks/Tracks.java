package io.redispatterns.benchmarks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The data of every benchmark: 10,000 tracks and their keys, made before the clock runs.
 */
final class Tracks {

	static final int COUNT = 10_000;

	static final int BULK = 100;

	private static final List<Track> TRACKS = IntStream.range(0, COUNT).mapToObj(Track::of).toList();

	private static final List<String> KEYS = IntStream.range(0, COUNT).mapToObj(Tracks::key).toList();

	/**
	 * Equal to the others and not the same, as the keys of a caller are not those that a
	 * cache holds.
	 */
	private static final List<String> ASKED = KEYS.stream().map(String::new).toList();

	private static final List<Set<String>> BULKS = IntStream.range(0, COUNT / BULK).mapToObj(Tracks::bulk).toList();

	private Tracks() {
	}

	static String key(int id) {
		return "track-" + id;
	}

	static String key(Track track) {
		return KEYS.get(track.id());
	}

	static Track random() {
		return TRACKS.get(randomId());
	}

	static String randomKey() {
		return ASKED.get(randomId());
	}

	static Set<String> randomKeys() {
		return BULKS.get(ThreadLocalRandom.current().nextInt(BULKS.size()));
	}

	/**
	 * Put every track and wait until the last ones are there. A put need not wait for the
	 * server, and the very first may be given up while a connection is made.
	 * @param cache the cache to fill
	 */
	static void putAll(TrackCache cache) {
		await(() -> {
			cache.put(KEYS.get(0), TRACKS.get(0));
			return cache.get(KEYS.get(0)) != null;
		});
		TRACKS.forEach((track) -> cache.put(key(track), track));
		await(() -> cache.getAll(BULKS.get(BULKS.size() - 1)).size() == BULK);
	}

	/**
	 * Read every track once, so that who keeps what he has read has it.
	 * @param cache the cache to read
	 */
	static void getAll(TrackCache cache) {
		ASKED.forEach(cache::get);
	}

	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("a track that was put is not there");
			}
		}
	}

	private static int randomId() {
		return ThreadLocalRandom.current().nextInt(COUNT);
	}

	private static Set<String> bulk(int number) {
		return IntStream.range(number * BULK, (number + 1) * BULK)
			.mapToObj(KEYS::get)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
