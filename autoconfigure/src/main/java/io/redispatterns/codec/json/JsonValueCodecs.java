package io.redispatterns.codec.json;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

/**
 * Makes the {@link ValueCodec}s of an application. All of them share one mapper, which is
 * built with the first codec.
 * <p>
 * A codec reads what an older or newer application wrote, or calls it unreadable: unknown
 * properties are ignored, absent ones are not guessed. Instances are thread-safe.
 */
public final class JsonValueCodecs {

	private static final DataSize DEFAULT_COMPRESS_ABOVE = DataSize.ofKilobytes(8);

	private static final DataSize DEFAULT_MAX_VALUE_SIZE = DataSize.ofMegabytes(1);

	private final ClosedTyping typing;

	final SingletonSupplier<JsonMapper> mapper;

	private final Set<Class<?>> verified = new HashSet<>();

	/**
	 * Create codecs.
	 * @param allowed the classes that values of an open type, such as {@code Object} or
	 * an interface, may be of; none by default
	 * @param customizers changes of the JSON, applied in this order
	 */
	public JsonValueCodecs(Collection<Class<?>> allowed, List<ValueJsonCustomizer> customizers) {
		ClosedTypes types = new ClosedTypes(allowed);
		this.typing = new ClosedTyping(types);
		this.mapper = SingletonSupplier.of(() -> ValueMapper.create(types, this.typing, customizers));
	}

	/**
	 * The classes of the JDK that a value may be of without being declared or allowed.
	 * @return the classes, of which no two have the same simple name
	 */
	public static Set<Class<?>> scalars() {
		return ClosedTypes.SCALARS;
	}

	/**
	 * Make a codec that compresses above 8 KB and stores up to 1 MB.
	 * @param owner who stores the values, as messages name it: {@code cache 'tracks'}
	 * @param types the types of its values; none for untyped values
	 * @return a codec
	 * @throws ValueCodecException if values of these types could not be restored
	 */
	public ValueCodec codecFor(String owner, Collection<? extends Type> types) {
		return codecFor(owner, types, DEFAULT_COMPRESS_ABOVE, DEFAULT_MAX_VALUE_SIZE);
	}

	/**
	 * Make a codec.
	 * @param owner who stores the values, as messages name it: {@code cache 'tracks'}
	 * @param types the types of its values: concrete or sealed ones, or lists, sets, maps
	 * and arrays of them; none for untyped values, which are JDK scalars, lists, sets and
	 * maps of them, and the allowed classes
	 * @param compressAbove the size above which a value is compressed, kept if at least a
	 * tenth smaller; zero for never
	 * @param maxValueSize the largest size of a value after compression; before it, a
	 * value may have eight times that size
	 * @return a codec
	 * @throws ValueCodecException if values of these types could not be restored
	 */
	public ValueCodec codecFor(String owner, Collection<? extends Type> types, DataSize compressAbove,
			DataSize maxValueSize) {
		if (maxValueSize.toBytes() <= 0) {
			throw new IllegalArgumentException(
					"'maxValueSize' must be greater than zero but was " + maxValueSize.toBytes());
		}
		Collection<? extends Type> declared = types.isEmpty() ? List.of(Object.class) : types;
		List<JavaType> distinct = declared.stream().map(this::resolve).distinct().toList();
		refuseAmbiguity(owner, distinct);
		List<JsonValueCodec.Member> members = new ArrayList<>();
		for (JavaType type : distinct) {
			verify(owner, type);
			members.add(new JsonValueCodec.Member(type, this.mapper.obtain().readerFor(type),
					this.mapper.obtain().writerFor(type)));
		}
		return new JsonValueCodec(owner, members, compressAbove.toBytes(), maxValueSize.toBytes());
	}

	private JavaType resolve(Type type) {
		Type boxed = (type instanceof Class<?> raw) ? ClassUtils.resolvePrimitiveIfNecessary(raw) : type;
		return this.mapper.obtain().constructType(boxed);
	}

	private void refuseAmbiguity(String owner, List<JavaType> types) {
		for (JavaType type : types) {
			for (JavaType other : types) {
				boolean containers = type.isContainerType() || other.isContainerType();
				if (type != other && (type.hasRawClass(other.getRawClass())
						|| (containers && type.getRawClass().isAssignableFrom(other.getRawClass())))) {
					throw new ValueCodecException(
							"%s cannot store both '%s' and '%s': a value does not tell them apart; use two names, or wrap one in a type of its own"
								.formatted(owner, type.toCanonical(), other.toCanonical()));
				}
			}
		}
	}

	// Making a reader resolves everything below the type, except what an id can choose
	private synchronized void verify(String owner, JavaType type) {
		verifyReadable(owner, type);
		Queue<Class<?>> unverified = this.typing.unverified();
		for (Class<?> member = unverified.peek(); member != null; member = unverified.peek()) {
			if (!this.verified.contains(member)) {
				verifyReadable(owner, this.mapper.obtain().constructType(member));
				this.verified.add(member);
			}
			unverified.remove(member);
		}
	}

	private void verifyReadable(String owner, JavaType type) {
		try {
			ObjectReader reader = this.mapper.obtain().readerFor(type);
			reader.readValue("null");
			this.mapper.obtain().writerFor(type).writeValueAsBytes(null);
		}
		catch (RuntimeException ex) {
			throw new ValueCodecException(
					"%s cannot store '%s': %s".formatted(owner, type.toCanonical(), reasonOf(ex)));
		}
	}

	private static @Nullable String reasonOf(RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ValueCodecException refusal) {
				return refusal.getMessage();
			}
		}
		return (failure instanceof JacksonException json) ? json.getOriginalMessage() : failure.getMessage();
	}

}
