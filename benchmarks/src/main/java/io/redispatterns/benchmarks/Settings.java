package io.redispatterns.benchmarks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What to run, as given by the system properties {@code benchmarks.*}.
 *
 * @param quick whether to run for a first look instead of for the README
 * @param works what to measure
 * @param contestants who takes part; the floors always do
 * @param rounds how often everything is repeated
 */
record Settings(boolean quick, Set<Work> works, Set<Contestant> contestants, int rounds) {

	private static final String PREFIX = "benchmarks.";

	Settings {
		if (rounds < 1) {
			throw new IllegalArgumentException("'benchmarks.rounds' must be greater than zero but was " + rounds);
		}
	}

	static Settings fromSystemProperties() {
		boolean quick = Boolean.getBoolean(PREFIX + "quick");
		Set<Contestant> contestants = anyOf(Contestant.class, "contestants");
		contestants.addAll(Contestant.FLOORS);
		String rounds = System.getProperty(PREFIX + "rounds", "");
		return new Settings(quick, anyOf(Work.class, "only"), contestants,
				rounds.isBlank() ? (quick ? 2 : 5) : Integer.parseInt(rounds));
	}

	/**
	 * Return how many seconds a contestant runs before it counts. Eight threads that
	 * never wait leave the compiler little time, and run what it has not done yet at a
	 * tenth of the speed.
	 * @return the number of iterations of a second
	 */
	int warmups(Work work) {
		return this.quick ? 1 : (work == Work.NEAR) ? 10 : 3;
	}

	int iterations() {
		return this.quick ? 1 : 5;
	}

	/**
	 * Return how many entries are cleared among three times as many others.
	 * @return the number of entries
	 */
	int entries() {
		return this.quick ? 20_000 : 100_000;
	}

	/**
	 * Return how many requests of a kind are timed.
	 * @return the number of requests
	 */
	int requests() {
		return this.quick ? 2000 : 10_000;
	}

	/**
	 * Return how often each application is started.
	 * @return the number of starts that count
	 */
	int starts() {
		return this.rounds * (this.quick ? 2 : 4);
	}

	private static <E extends Enum<E>> Set<E> anyOf(Class<E> type, String name) {
		Set<E> chosen = EnumSet.noneOf(type);
		for (String word : System.getProperty(PREFIX + name, "").split(",")) {
			if (!word.isBlank()) {
				chosen.add(parse(type, name, word.trim()));
			}
		}
		return chosen.isEmpty() ? EnumSet.allOf(type) : chosen;
	}

	private static <E extends Enum<E>> E parse(Class<E> type, String name, String word) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> wordOf(constant).equals(word.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'%s%s' must be of %s but was '%s'".formatted(PREFIX, name,
					Arrays.stream(type.getEnumConstants()).map(Settings::wordOf).toList(), word)));
	}

	private static String wordOf(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
