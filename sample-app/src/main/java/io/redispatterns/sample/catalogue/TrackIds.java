package io.redispatterns.sample.catalogue;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids of 1 to {@value #MAX} tracks, in the order asked for and each once.
 */
record TrackIds(Set<Integer> values) {

	static final int MAX = 500;

	/**
	 * Reads ids that are separated by commas.
	 * @param ids the text, such as {@code 1,2,3}
	 * @return the ids
	 * @throws InvalidParameterException if there are too many, or one is not a positive
	 * number
	 */
	static TrackIds parse(String ids) {
		String[] parts = ids.split(",", -1);
		if (parts.length > MAX) {
			throw new InvalidParameterException("ids",
					"must name at most %d tracks but names %d".formatted(MAX, parts.length));
		}
		Set<Integer> values = new LinkedHashSet<>();
		for (String part : parts) {
			values.add(parseId(part.strip()));
		}
		return new TrackIds(values);
	}

	private static int parseId(String id) {
		try {
			int value = Integer.parseInt(id);
			if (value > 0) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// Answered below with the same words as a number that is not positive
		}
		throw new InvalidParameterException("ids",
				"must be positive numbers separated by commas but one is '%s'".formatted(id));
	}

}
