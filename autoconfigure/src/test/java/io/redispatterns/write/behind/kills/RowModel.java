package io.redispatterns.write.behind.kills;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each row may be: as it was acknowledged last, or as was tried since without an
 * answer.
 */
final class RowModel {

	private final Map<String, List<String>> possible = new HashMap<>();

	private final Map<String, Integer> errors = new LinkedHashMap<>();

	private long acknowledged;

	synchronized void tried(String id, String value) {
		this.possible.computeIfAbsent(id, (key) -> new ArrayList<>(List.of("-"))).add(value);
	}

	/**
	 * The last that was tried is the only one that is possible now: each row has one
	 * writer, which waits for an answer.
	 */
	synchronized void acknowledged(String id) {
		List<String> values = this.possible.get(id);
		values.subList(0, values.size() - 1).clear();
		this.acknowledged++;
	}

	synchronized void error(String error) {
		this.errors.merge(error, 1, Integer::sum);
	}

	synchronized Map<String, Integer> errors() {
		return this.errors;
	}

	synchronized long acknowledged() {
		return this.acknowledged;
	}

	/**
	 * What is wrong with the rows.
	 */
	synchronized List<String> compare(Map<String, Long> rows) {
		List<String> wrong = new ArrayList<>();
		Set<String> ids = new TreeSet<>(this.possible.keySet());
		ids.addAll(rows.keySet());
		for (String id : ids) {
			String actual = rows.containsKey(id) ? String.valueOf(rows.get(id)) : "-";
			if (!this.possible.getOrDefault(id, List.of("-")).contains(actual)) {
				wrong.add("%s is %s and not of %s".formatted(id, actual, this.possible.get(id)));
			}
		}
		return wrong;
	}

}
