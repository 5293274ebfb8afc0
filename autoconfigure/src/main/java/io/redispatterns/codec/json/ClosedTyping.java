package io.redispatterns.codec.json;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.jsontype.impl.StdTypeResolverBuilder;

/**
 * Jackson's view of {@link ClosedTypes}: writes and reads a type id where the declared
 * type is open and its classes are known.
 */
final class ClosedTyping extends StdTypeResolverBuilder {

	private final ClosedTypes types;

	private final Queue<Class<?>> unverified = new ConcurrentLinkedQueue<>();

	ClosedTyping(ClosedTypes types) {
		super(JsonTypeInfo.Id.CUSTOM, JsonTypeInfo.As.WRAPPER_ARRAY, null);
		this.types = types;
	}

	@Override
	public StdTypeResolverBuilder withDefaultImpl(Class<?> defaultImpl) {
		return this;
	}

	@Override
	@SuppressWarnings("NullAway") // null means: no type id
	public TypeSerializer buildTypeSerializer(SerializationContext context, JavaType baseType,
			Collection<NamedType> subtypes) {
		return covers(baseType) ? super.buildTypeSerializer(context, baseType, subtypes) : null;
	}

	@Override
	@SuppressWarnings("NullAway") // null means: no type id
	public TypeDeserializer buildTypeDeserializer(DeserializationContext context, JavaType baseType,
			Collection<NamedType> subtypes) {
		if (!covers(baseType)) {
			return null;
		}
		this.types.membersOf(baseType.getRawClass())
			.values()
			.stream()
			.filter((member) -> !ClosedTypes.SCALARS.contains(member))
			.forEach(this.unverified::add);
		return super.buildTypeDeserializer(context, baseType, subtypes);
	}

	@Override
	protected TypeIdResolver idResolver(DatabindContext context, JavaType baseType, PolymorphicTypeValidator validator,
			Collection<NamedType> subtypes, boolean forSerialization, boolean forDeserialization) {
		return new ClosedTypeIds(this.types, baseType, context.getTypeFactory());
	}

	/**
	 * Return the classes that became reachable by an id since the last call.
	 */
	Queue<Class<?>> unverified() {
		return this.unverified;
	}

	boolean covers(JavaType type) {
		return !type.isContainerType() && this.types.isOpen(type.getRawClass())
				&& !this.types.membersOf(type.getRawClass()).isEmpty();
	}

	/**
	 * Return what decides about types that are annotated to be chosen by a class name.
	 */
	PolymorphicTypeValidator validator() {
		return new AllowedNames(this.types);
	}

	private static final class AllowedNames extends PolymorphicTypeValidator.Base {

		private final ClosedTypes types;

		private AllowedNames(ClosedTypes types) {
			this.types = types;
		}

		@Override
		public Validity validateBaseType(DatabindContext context, JavaType baseType) {
			boolean any = this.types.membersOf(baseType.getRawClass())
				.values()
				.stream()
				.anyMatch(this.types::isAllowed);
			return any ? Validity.INDETERMINATE : Validity.DENIED;
		}

		@Override
		public Validity validateSubClassName(DatabindContext context, JavaType baseType, String className) {
			return this.types.isAllowed(className) ? Validity.ALLOWED : Validity.DENIED;
		}

	}

}
