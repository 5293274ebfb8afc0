package io.redispatterns.session.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.FlashMap;

/**
 * What Spring MVC keeps in a session for the request after a redirect.
 */
final class FlashMaps {

	static final String WORD = "flash";

	private static final int PARTS = 4;

	private final AttributeCodec elements;

	FlashMaps(AttributeCodec elements) {
		this.elements = elements;
	}

	static boolean covers(Object value) {
		return value instanceof FlashMap;
	}

	byte[] encode(Object value, int depth) {
		FlashMap flash = (FlashMap) value;
		List<@Nullable Object> parts = new ArrayList<>();
		parts.add(flash.getTargetRequestPath());
		parts.add(new LinkedHashMap<>(flash.getTargetRequestParams()));
		parts.add(flash.getExpirationTime());
		parts.add(new LinkedHashMap<>(flash));
		return Parts.of(WORD, parts.stream().map((part) -> this.elements.encode(part, depth + 1)).toList());
	}

	Object decode(byte[] bytes, int depth) {
		List<@Nullable Object> parts = new ArrayList<>();
		Parts.split(bytes).forEach((part) -> parts.add(this.elements.decode(part, depth + 1)));
		if (parts.size() != PARTS || !(parts.get(1) instanceof Map<?, ?> parameters)
				|| !(parts.get(2) instanceof Long expiration) || !(parts.get(3) instanceof Map<?, ?> attributes)) {
			throw Parts.unreadable(bytes.length);
		}
		FlashMap flash = new FlashMap();
		flash.setTargetRequestPath((parts.get(0) instanceof String path) ? path : null);
		parameters.forEach((name, values) -> {
			if (!(values instanceof List<?> all)) {
				throw Parts.unreadable(bytes.length);
			}
			all.forEach((each) -> flash.addTargetRequestParam(String.valueOf(name), String.valueOf(each)));
		});
		flash.setExpirationTime(expiration);
		attributes.forEach((name, each) -> flash.put(String.valueOf(name), each));
		return flash;
	}

}
