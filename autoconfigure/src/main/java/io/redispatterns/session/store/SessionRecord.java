package io.redispatterns.session.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A session as it is in Redis: fields by name. Those of this library begin with a tilde,
 * attributes with an equals sign.
 *
 * @param life its times
 * @param touched when it was written last, in milliseconds on the server's clock
 * @param fields all fields
 */
record SessionRecord(SessionLife life, long touched, Map<String, byte[]> fields) {

	static final String LIFE = "~";

	static final String TOUCHED = "~t";

	static final String USER = "~u";

	static final String DEVICE = "~d";

	private static final String ATTRIBUTE = "=";

	static String attribute(String name) {
		return ATTRIBUTE + name;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Read what a script has packed.
	 * @return the session, {@code null} if it is none
	 */
	static @Nullable SessionRecord parse(byte[] packed) {
		Map<String, byte[]> fields = new LinkedHashMap<>();
		ByteBuffer left = ByteBuffer.wrap(packed);
		while (left.hasRemaining()) {
			String name = new String(next(left), StandardCharsets.UTF_8);
			fields.put(name, next(left));
		}
		SessionLife life = SessionLife.parse(text(fields, LIFE));
		String touched = text(fields, TOUCHED);
		return (life != null && touched.matches("\\d{1,15}")) ? new SessionRecord(life, Long.parseLong(touched), fields)
				: null;
	}

	private static byte[] next(ByteBuffer left) {
		byte[] bytes = new byte[left.getInt()];
		left.get(bytes);
		return bytes;
	}

	private static String text(Map<String, byte[]> fields, String name) {
		byte[] value = fields.get(name);
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : "";
	}

	@Nullable String user() {
		return this.fields.containsKey(USER) ? text(this.fields, USER) : null;
	}

	/**
	 * The attributes by name, still as bytes.
	 */
	Map<String, byte[]> attributes() {
		Map<String, byte[]> attributes = new LinkedHashMap<>();
		this.fields.forEach((name, value) -> {
			if (name.startsWith(ATTRIBUTE)) {
				attributes.put(name.substring(ATTRIBUTE.length()), value);
			}
		});
		return attributes;
	}

}
