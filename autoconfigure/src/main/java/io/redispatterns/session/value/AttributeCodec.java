package io.redispatterns.session.value;

import java.util.List;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.JsonValueCodecs;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Turns the attributes of sessions into bytes and back. Thread-safe.
 */
public final class AttributeCodec {

	static final String NULL = "null";

	private static final String SECURITY = "security";

	private static final int MAX_DEPTH = 100;

	private final ValueCodecs values;

	private final Collections collections;

	private final @Nullable SecurityValues security;

	private final @Nullable FlashMaps flashes;

	/**
	 * Create a codec.
	 * @param codecs what makes the codecs of the application
	 * @param allowed the packages whose classes may be stored
	 * @param loader finds these classes
	 */
	public AttributeCodec(JsonValueCodecs codecs, AllowedPackages allowed, ClassLoader loader) {
		this.values = new ValueCodecs(codecs, allowed, loader);
		this.collections = new Collections(this.values, this);
		this.security = ClassUtils.isPresent("org.springframework.security.jackson.SecurityJacksonModules", loader)
				? new SecurityValues(allowed, loader) : null;
		this.flashes = ClassUtils.isPresent("org.springframework.web.servlet.FlashMap", loader) ? new FlashMaps(this)
				: null;
	}

	/**
	 * Write an attribute.
	 * @param attribute its name, for messages
	 * @param value its value
	 * @return the bytes
	 * @throws UnstorableAttributeException if it could not be given back
	 */
	public byte[] encode(String attribute, Object value) {
		try {
			return encode(value, 0);
		}
		catch (ValueCodecException ex) {
			throw new UnstorableAttributeException(attribute, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Read an attribute.
	 * @param bytes its bytes
	 * @return the value
	 * @throws UnreadableValueException if the bytes are no value that may be stored
	 */
	public Object decode(byte[] bytes) {
		Object value;
		try {
			value = decode(bytes, 0);
		}
		catch (ValueCodecException ex) {
			value = null;
		}
		if (value == null) {
			throw Parts.unreadable(bytes.length);
		}
		return value;
	}

	byte[] encode(@Nullable Object value, int depth) {
		if (depth > MAX_DEPTH) {
			throw new ValueCodecException("it is nested deeper than " + MAX_DEPTH + " levels, or contains itself");
		}
		if (value == null) {
			return Parts.of(NULL, List.of());
		}
		if (this.flashes != null && FlashMaps.covers(value)) {
			return this.flashes.encode(value, depth);
		}
		if (Collections.covers(value)) {
			return this.collections.encode(value, depth);
		}
		if (this.security != null && SecurityValues.covers(value)) {
			return Parts.of(SECURITY, this.security.encode(value));
		}
		String word = this.values.wordFor(value);
		ValueCodec codec = (word != null) ? this.values.find(word) : null;
		if (word == null || codec == null) {
			throw new ValueCodecException(
					"'%s' is in no allowed package: store a type of your own, or name its package in 'redis.session.allowed-packages'"
						.formatted(value.getClass().getName()));
		}
		return Parts.of(word, codec.encode(value));
	}

	@Nullable Object decode(byte[] bytes, int depth) {
		String word = Parts.word(bytes);
		if (depth > MAX_DEPTH) {
			throw Parts.unreadable(bytes.length);
		}
		if (word.equals(NULL)) {
			return null;
		}
		if (word.equals(SECURITY) && this.security != null) {
			return this.security.decode(bytes, Parts.begin(bytes));
		}
		if (word.equals(FlashMaps.WORD) && this.flashes != null) {
			return this.flashes.decode(bytes, depth);
		}
		if (Collections.ofMixed(word)) {
			return this.collections.decode(word, bytes, depth);
		}
		ValueCodec codec = this.values.find(word);
		if (codec == null) {
			throw Parts.unreadable(bytes.length);
		}
		int begin = Parts.begin(bytes);
		return codec.decode(bytes, begin, bytes.length - begin);
	}

}
