package io.redispatterns.session.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.redispatterns.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Lists, sets and maps of the JDK: as one value where all elements are of one class, else
 * element by element.
 */
final class Collections {

	private static final String LIST = "list";

	private static final String SET = "set";

	private static final String MAP = "map";

	private static final Set<String> WORDS = Set.of(LIST, SET, MAP);

	private final ValueCodecs values;

	private final AttributeCodec elements;

	Collections(ValueCodecs values, AttributeCodec elements) {
		this.values = values;
		this.elements = elements;
	}

	static boolean covers(Object value) {
		return (value instanceof List || value instanceof Set || value instanceof Map)
				&& value.getClass().getName().startsWith("java.");
	}

	static boolean ofMixed(String word) {
		return WORDS.contains(word);
	}

	byte[] encode(Object value, int depth) {
		if (value instanceof Map<?, ?> map) {
			boolean texts = map.keySet().stream().allMatch(String.class::isInstance);
			return encode(MAP, new LinkedHashMap<>(map), texts ? map.values() : List.of(), flat(map), depth);
		}
		Collection<?> all = (Collection<?>) value;
		return (value instanceof List) ? encode(LIST, new ArrayList<>(all), all, all, depth)
				: encode(SET, new LinkedHashSet<>(all), all, all, depth);
	}

	private byte[] encode(String kind, Object copy, Collection<?> sameClass, Collection<?> parts, int depth) {
		String word = commonWord(sameClass);
		ValueCodec codec = (word != null) ? this.values.find(kind + "<" + word + ">") : null;
		if (word != null && codec != null) {
			return Parts.of(kind + "<" + word + ">", codec.encode(copy));
		}
		return Parts.of(kind, parts.stream().map((part) -> this.elements.encode(part, depth + 1)).toList());
	}

	private @Nullable String commonWord(Collection<?> elements) {
		Set<@Nullable String> words = new LinkedHashSet<>();
		for (Object element : elements) {
			words.add((element != null && !covers(element)) ? this.values.wordFor(element) : null);
		}
		return (words.size() == 1) ? words.iterator().next() : null;
	}

	private static List<@Nullable Object> flat(Map<?, ?> map) {
		List<@Nullable Object> flat = new ArrayList<>();
		map.forEach((key, value) -> {
			flat.add(key);
			flat.add(value);
		});
		return flat;
	}

	Object decode(String word, byte[] bytes, int depth) {
		List<@Nullable Object> parts = new ArrayList<>();
		Parts.split(bytes).forEach((part) -> parts.add(this.elements.decode(part, depth + 1)));
		if (word.equals(LIST)) {
			return parts;
		}
		if (word.equals(SET)) {
			return new LinkedHashSet<>(parts);
		}
		if (parts.size() % 2 != 0) {
			throw Parts.unreadable(bytes.length);
		}
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		for (Iterator<@Nullable Object> each = parts.iterator(); each.hasNext();) {
			map.put(each.next(), each.next());
		}
		return map;
	}

}
