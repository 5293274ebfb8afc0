package io.redispatterns.redis.key;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.util.ClassUtils;

/**
 * Encoder of arguments into the text between the braces of a key, equal exactly when the
 * arguments are.
 * <p>
 * The grammar is {@code leaf = type text} and {@code node = leaf | word "(" nodes ")"}; a
 * text has no unescaped parenthesis or comma, so the form can be read in one way only.
 */
final class KeyEncoder {

	private static final int MAX_DEPTH = 64;

	private final List<KeyArgumentResolver> resolvers;

	KeyEncoder(List<KeyArgumentResolver> resolvers) {
		this.resolvers = List.copyOf(resolvers);
	}

	byte[] encode(@Nullable Object argument) {
		return encode(argument, null);
	}

	private byte[] encode(@Nullable Object argument, @Nullable Ancestor parent) {
		KeyBuffer out = new KeyBuffer();
		node(argument, parent, out);
		return out.toBytes();
	}

	private void node(@Nullable Object argument, @Nullable Ancestor parent, KeyBuffer out) {
		if (argument == null) {
			out.ascii('n');
		}
		else if (argument instanceof String text) {
			out.ascii('s');
			out.text(text);
		}
		else if (argument instanceof byte[] content) {
			out.ascii('x');
			out.hex(content);
		}
		else {
			String leaf = KeyLeaf.text(argument);
			if (leaf != null) {
				out.text(leaf);
			}
			else {
				composite(argument, new Ancestor(argument, parent), out);
			}
		}
	}

	private void composite(Object argument, Ancestor self, KeyBuffer out) {
		if (argument.getClass() == SimpleKey.class) {
			nodes("key", Arrays.asList(KeyParts.of((SimpleKey) argument)), self, out);
		}
		else if (argument instanceof List<?> list) {
			nodes("list", list, self, out);
		}
		else if (argument instanceof Set<?> set) {
			sorted("set", set, self, out);
		}
		else if (argument instanceof Map<?, ?> map) {
			sorted("map", map.entrySet().stream().map(Entry::new).toList(), self, out);
		}
		else if (argument instanceof Collection<?> collection) {
			nodes("collection", collection, self, out);
		}
		else if (argument instanceof Entry entry) {
			nodes("", Arrays.asList(entry.key(), entry.value()), self, out);
		}
		else if (argument instanceof Optional<?> optional) {
			nodes("optional", optional.stream().toList(), self, out);
		}
		else if (argument instanceof Object[] array) {
			nodes("array", Arrays.asList(array), self, out);
		}
		else if (argument.getClass().isArray()) {
			primitives(argument, out);
		}
		else if (argument instanceof Locale locale) {
			nodes("locale", parts(locale), self, out);
		}
		else if (!page(argument, self, out)) {
			own(argument, self, out);
		}
	}

	private boolean page(Object argument, Ancestor self, KeyBuffer out) {
		Class<?> type = argument.getClass();
		if (type == PageRequest.class) {
			PageRequest page = (PageRequest) argument;
			nodes("page", List.of(page.getPageNumber(), page.getPageSize(), page.getSort()), self, out);
		}
		else if (type == Pageable.unpaged().getClass()) {
			nodes("unpaged", List.of(((Pageable) argument).getSort()), self, out);
		}
		else if (type == Sort.class) {
			nodes("sort", ((Sort) argument).toList(), self, out);
		}
		else if (type == Sort.Order.class) {
			Sort.Order order = (Sort.Order) argument;
			nodes("order", List.of(order.getProperty(), order.getDirection().name(), order.getNullHandling().name(),
					order.isIgnoreCase()), self, out);
		}
		else {
			return false;
		}
		return true;
	}

	private void own(Object argument, Ancestor self, KeyBuffer out) {
		Class<?> type = argument.getClass();
		for (KeyArgumentResolver resolver : this.resolvers) {
			Object resolved = resolver.resolve(argument);
			if (resolved != null) {
				nodes("resolved:" + ClassUtils.getUserClass(type).getName(), List.of(resolved), self, out);
				return;
			}
		}
		if (!(argument instanceof Record components)) {
			throw new KeyArgumentException(type, "nothing tells which of its parts make two of them equal");
		}
		nodes("record:" + type.getName(), Arrays.asList(KeyParts.of(components)), self, out);
	}

	private void nodes(String word, Iterable<?> nodes, Ancestor self, KeyBuffer out) {
		out.text(word);
		out.ascii('(');
		boolean first = true;
		for (Object node : nodes) {
			if (!first) {
				out.ascii(',');
			}
			first = false;
			node(node, self, out);
		}
		out.ascii(')');
	}

	private void sorted(String word, Collection<?> elements, Ancestor self, KeyBuffer out) {
		byte[][] encoded = elements.stream().map((element) -> encode(element, self)).toArray(byte[][]::new);
		Arrays.sort(encoded, Arrays::compare);
		out.text(word);
		out.ascii('(');
		for (int i = 0; i < encoded.length; i++) {
			if (i > 0) {
				out.ascii(',');
			}
			out.encoded(encoded[i]);
		}
		out.ascii(')');
	}

	private void primitives(Object array, KeyBuffer out) {
		out.text(array.getClass().getComponentType().getName() + "s");
		out.ascii('(');
		for (int i = 0; i < Array.getLength(array); i++) {
			if (i > 0) {
				out.ascii(',');
			}
			node(Array.get(array, i), null, out);
		}
		out.ascii(')');
	}

	// A locale made of parts that no language tag can hold
	private static List<Object> parts(Locale locale) {
		return List.of(locale.getLanguage(), locale.getScript(), locale.getCountry(), locale.getVariant(),
				locale.getExtensionKeys().stream().collect(Collectors.toMap((key) -> key, locale::getExtension)));
	}

	private record Entry(@Nullable Object key, @Nullable Object value) {

		Entry(Map.Entry<?, ?> entry) {
			this(entry.getKey(), entry.getValue());
		}

	}

	private record Ancestor(Object argument, @Nullable Ancestor parent, int depth) {

		Ancestor(Object argument, @Nullable Ancestor parent) {
			this(argument, parent, (parent != null) ? parent.depth() + 1 : 1);
			if (this.depth > MAX_DEPTH) {
				throw new KeyArgumentException(argument.getClass(),
						"it is nested deeper than " + MAX_DEPTH + " levels");
			}
			for (Ancestor above = parent; above != null; above = above.parent()) {
				if (above.argument() == argument) {
					throw new KeyArgumentException(argument.getClass(), "it contains itself");
				}
			}
		}

	}

}
