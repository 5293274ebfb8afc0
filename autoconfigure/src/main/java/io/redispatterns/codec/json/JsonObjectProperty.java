package io.redispatterns.codec.json;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * One property of a record or bean, as its codec writes it: plain JSON of the declared
 * type, without the rest of the object. Thread-safe.
 */
public final class JsonObjectProperty {

	/**
	 * What a codec without compression writes before the JSON of its only type.
	 */
	public static final byte MARK = 0x10;

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private static final Set<Class<?>> HARMLESS = Set.of(JsonProperty.class, JsonAlias.class, JsonIgnore.class,
			JsonCreator.class);

	private final BeanPropertyDefinition definition;

	private final String description;

	private final ValueCodec codec;

	private JsonObjectProperty(BeanPropertyDefinition definition, String owner, JsonValueCodecs codecs) {
		this.definition = definition;
		this.description = "property '" + definition.getName() + "' of " + owner;
		Type declared = definition.getPrimaryType().isPrimitive() ? type() : definition.getPrimaryType();
		this.codec = codecs.codecFor(this.description, List.of(declared), DataSize.ofBytes(0),
				DataSize.ofBytes(Integer.MAX_VALUE));
		definition.getAccessor().fixAccess(true);
	}

	/**
	 * Find the properties that are written for objects of a class.
	 * @param codecs what makes the codecs of the application
	 * @param owner who stores the objects, as messages name it
	 * @param type the class
	 * @return the properties in the order in which they are written; none for what is
	 * written as anything but an object
	 */
	public static List<JsonObjectProperty> of(JsonValueCodecs codecs, String owner, Class<?> type) {
		JavaType declared = codecs.mapper.obtain().constructType(type);
		if (!declared.isConcrete() || declared.isContainerType() || declared.isEnumType() || declared.isReferenceType()
				|| ClosedTypes.SCALARS.contains(ClassUtils.resolvePrimitiveIfNecessary(type))) {
			return List.of();
		}
		ClassIntrospector introspector = codecs.mapper.obtain().serializationConfig().classIntrospectorInstance();
		return introspector.introspectForSerialization(declared, introspector.introspectClassAnnotations(declared))
			.findProperties()
			.stream()
			.filter(BeanPropertyDefinition::couldSerialize)
			.map((definition) -> new JsonObjectProperty(definition, owner, codecs))
			.toList();
	}

	/**
	 * The name in JSON.
	 * @return the name
	 */
	public String name() {
		return this.definition.getName();
	}

	/**
	 * The class of its values.
	 * @return the declared class, a wrapper in place of a primitive type
	 */
	public Class<?> type() {
		return ClassUtils.resolvePrimitiveIfNecessary(this.definition.getRawPrimaryType());
	}

	/**
	 * Whether an annotation of this simple name, of whichever package, is on its field,
	 * getter or component.
	 * @param annotation the simple name
	 * @return whether there is one
	 */
	public boolean isAnnotated(String annotation) {
		return this.definition.getAccessor()
			.annotations()
			.anyMatch((each) -> each.annotationType().getSimpleName().equals(annotation));
	}

	/**
	 * Whether the property alone is written as it is within its object.
	 * @return {@code false} when an annotation of Jackson may change its JSON
	 */
	public boolean standsAlone() {
		return this.definition.getAccessor()
			.annotations()
			.map(Annotation::annotationType)
			.allMatch((type) -> HARMLESS.contains(type) || !type.getName().contains(".jackson."));
	}

	/**
	 * Read the value of an object.
	 * @param object the object
	 * @return the value
	 */
	public @Nullable Object of(Object object) {
		return this.definition.getAccessor().getValue(object);
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @return its JSON
	 * @throws ValueCodecException if this is no value of the property
	 */
	public byte[] encode(@Nullable Object value) {
		if (value != null) {
			byte[] marked = this.codec.encode(value);
			return Arrays.copyOfRange(marked, 1, marked.length);
		}
		if (this.definition.getRawPrimaryType().isPrimitive()) {
			throw new ValueCodecException(this.description + " is of a primitive type and cannot be null");
		}
		return NULL.clone();
	}

	/**
	 * Read a value.
	 * @param json its JSON
	 * @return the value
	 * @throws UnreadableValueException if this is no value of the property
	 */
	public @Nullable Object decode(byte[] json) {
		if (Arrays.equals(json, NULL) && !this.definition.getRawPrimaryType().isPrimitive()) {
			return null;
		}
		byte[] marked = new byte[json.length + 1];
		marked[0] = MARK;
		System.arraycopy(json, 0, marked, 1, json.length);
		return this.codec.decode(marked, 0, marked.length);
	}

	/**
	 * The name and the declared type, by which two versions of a class are told apart.
	 * @return both as a text
	 */
	@Override
	public String toString() {
		return name() + ":" + this.definition.getPrimaryType().toCanonical();
	}

}
