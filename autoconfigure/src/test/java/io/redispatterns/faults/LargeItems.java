package io.redispatterns.faults;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.springframework.cache.annotation.Cacheable;

/**
 * Cached methods with results and arguments that are too large for a cache.
 */
class LargeItems {

	static final String CACHE = "large";

	@Cacheable(cacheNames = CACHE, sync = true)
	public String text(int length) {
		return noise(length, 0);
	}

	@Cacheable(cacheNames = "many", sync = true)
	public List<String> many(int count) {
		return IntStream.range(0, count).mapToObj((i) -> noise(200, i)).toList();
	}

	@Cacheable(cacheNames = "named", sync = true)
	public String named(String name) {
		return "short";
	}

	/**
	 * Text that no compression makes small.
	 */
	private static String noise(int length, int seed) {
		return new Random(seed).ints(length, '0', 'z')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString()
			.replace('\\', '-');
	}

}
