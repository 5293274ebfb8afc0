package io.redispatterns.session.value;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.JsonValueCodecs;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The codecs of single values and of collections of one class, by the word that stands
 * before their bytes. Each is made when it is first needed.
 */
final class ValueCodecs {

	private static final Map<String, Class<?>> SCALARS = JsonValueCodecs.scalars()
		.stream()
		.collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

	private static final Map<String, Class<?>> COLLECTIONS = Map.of("list", ArrayList.class, "set",
			LinkedHashSet.class);

	private final JsonValueCodecs codecs;

	private final AllowedPackages allowed;

	private final ClassLoader loader;

	private final Map<String, ValueCodec> byWord = new ConcurrentHashMap<>();

	ValueCodecs(JsonValueCodecs codecs, AllowedPackages allowed, ClassLoader loader) {
		this.codecs = codecs;
		this.allowed = allowed;
		this.loader = loader;
	}

	/**
	 * The word for the class of a value that is no collection.
	 * @param value the value
	 * @return the word, {@code null} for a class that is not allowed
	 */
	@Nullable String wordFor(Object value) {
		Class<?> type = (value instanceof Enum<?> constant) ? constant.getDeclaringClass()
				: (value instanceof ZoneId && !SCALARS.containsValue(value.getClass())) ? ZoneId.class
						: ClassUtils.getUserClass(value);
		if (SCALARS.containsValue(type)) {
			return type.getSimpleName();
		}
		return this.allowed.contain(type.getName()) ? type.getName() : null;
	}

	/**
	 * Find the codec for a word.
	 * @param word the word of a class, or that of a list, set or map with the word of a
	 * class between {@code <} and {@code >}
	 * @return the codec, {@code null} for a word that says nothing here
	 * @throws ValueCodecException if the class cannot be stored
	 */
	@Nullable ValueCodec find(String word) {
		ValueCodec known = this.byWord.get(word);
		if (known != null) {
			return known;
		}
		Type type = typeFor(word);
		if (type == null) {
			return null;
		}
		ValueCodec codec = this.codecs.codecFor("a session", List.of(type));
		this.byWord.put(word, codec);
		return codec;
	}

	private @Nullable Type typeFor(String word) {
		int open = word.indexOf('<');
		if (open < 0) {
			return classFor(word);
		}
		Class<?> element = word.endsWith(">") ? classFor(word.substring(open + 1, word.length() - 1)) : null;
		String kind = word.substring(0, open);
		if (element == null) {
			return null;
		}
		if (kind.equals("map")) {
			return ResolvableType.forClassWithGenerics(LinkedHashMap.class, String.class, element).getType();
		}
		Class<?> collection = COLLECTIONS.get(kind);
		return (collection != null) ? ResolvableType.forClassWithGenerics(collection, element).getType() : null;
	}

	private @Nullable Class<?> classFor(String name) {
		Class<?> scalar = SCALARS.get(name);
		if (scalar != null || !this.allowed.contain(name)) {
			return scalar;
		}
		try {
			// The name is of an allowed package, and nothing of the class runs yet
			Class<?> type = Class.forName(name, false, this.loader);
			return (Modifier.isAbstract(type.getModifiers()) && !type.isEnum()) ? null : type;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
