package io.redispatterns.codec.json;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.redispatterns.codec.ValueCodecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.module.SimpleDeserializers;

import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Refuses types that could be written but not restored, and makes absent bean properties
 * unreadable.
 */
final class RestorableTypes extends ValueDeserializerModifier {

	private final transient ClosedTyping typing;

	private final transient SingletonSupplier<SerializationConfig> serialization;

	RestorableTypes(ClosedTyping typing, Supplier<SerializationConfig> serialization) {
		this.typing = typing;
		this.serialization = SingletonSupplier.of(serialization);
	}

	@Override
	public BeanDeserializerBuilder updateBuilder(DeserializationConfig config, BeanDescription.Supplier description,
			BeanDeserializerBuilder builder) {
		List<BeanPropertyDefinition> properties = new ArrayList<>(description.get().findProperties());
		Set<String> written = written(description.getType());
		written.removeIf(builder::hasIgnorable);
		for (BeanPropertyDefinition property : properties) {
			refuseLostState(description.getType(), property, written);
			refuseUnwrittenState(description.getType(), property, written);
		}
		// With object ids a bean may be a mere reference, which has no properties
		if (builder.getObjectIdReader() == null && builder.getAnySetter() == null && canBeComplete(builder)) {
			properties.removeIf((property) -> !written.contains(property.getName()));
			requireProperties(config, properties, builder);
		}
		return builder;
	}

	private static void refuseLostState(JavaType type, BeanPropertyDefinition property, Set<String> written) {
		if (property.couldDeserialize() || !written.contains(property.getName())) {
			return;
		}
		Field field = ReflectionUtils.findField(type.getRawClass(), property.getInternalName());
		if (field != null && !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
			throw new ValueCodecException(
					"'%s' of '%s' would be written but not restored: give it a setter or a parameter of the public constructor, or annotate it with @JsonIgnore"
						.formatted(property.getName(), type.toCanonical()));
		}
	}

	private static void refuseUnwrittenState(JavaType type, BeanPropertyDefinition property, Set<String> written) {
		if (property.hasConstructorParameter() && !written.contains(property.getName())) {
			throw new ValueCodecException(
					"'%s' of '%s' is needed by its constructor but would not be written: give it a getter, or let Jackson write it"
						.formatted(property.getName(), type.toCanonical()));
		}
	}

	private static boolean canBeComplete(BeanDeserializerBuilder builder) {
		return builder.getBuildMethod() == null && (builder.getValueInstantiator().canCreateFromObjectWith()
				|| builder.getValueInstantiator().canCreateUsingDefault());
	}

	private static void requireProperties(DeserializationConfig config, List<BeanPropertyDefinition> definitions,
			BeanDeserializerBuilder builder) {
		List<SettableBeanProperty> setters = new ArrayList<>();
		for (BeanPropertyDefinition definition : definitions) {
			SettableBeanProperty property = builder.findProperty(definition.getFullName());
			if (property != null && !property.isCreatorProperty()
					&& property.getAnnotation(JsonUnwrapped.class) == null) {
				setters.add(property);
			}
		}
		if (!setters.isEmpty()) {
			CompleteBean bean = CompleteBean.of(builder.getValueInstantiator(), config, setters);
			bean.required().forEach((property) -> builder.addOrReplaceProperty(property, true));
			builder.setValueInstantiator(bean);
		}
	}

	// Only the other direction knows: what is not to be written is pruned from this one
	private Set<String> written(JavaType type) {
		ClassIntrospector introspector = this.serialization.obtain().classIntrospectorInstance();
		AnnotatedClass annotations = introspector.introspectClassAnnotations(type);
		return introspector.introspectForSerialization(type, annotations)
			.findProperties()
			.stream()
			.filter(BeanPropertyDefinition::couldSerialize)
			.map(BeanPropertyDefinition::getName)
			.collect(Collectors.toSet());
	}

	@Override
	public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier description,
			ValueDeserializer<?> deserializer) {
		JavaType type = description.getType();
		if (deserializer instanceof AbstractDeserializer && !this.typing.covers(type)
				&& typeInfo(config, description) == null) {
			throw new ValueCodecException(
					"the classes of '%s' are not known: declare a concrete or sealed type, or allow the classes it may hold in 'redis.codec.allowed-types'"
						.formatted(type.toCanonical()));
		}
		return deserializer;
	}

	private static @Nullable Object typeInfo(DeserializationConfig config, BeanDescription.Supplier description) {
		return config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, description.getClassInfo());
	}

	@Override
	public KeyDeserializer modifyKeyDeserializer(DeserializationConfig config, JavaType type,
			KeyDeserializer deserializer) {
		refuseClasses(type);
		return deserializer;
	}

	private static void refuseClasses(JavaType type) {
		if (type.hasRawClass(Class.class) || type.isTypeOrSubTypeOf(JavaType.class)) {
			throw new ValueCodecException("reading a '%s' would load a class that the data names: store its name"
				.formatted(type.toCanonical()));
		}
	}

	/**
	 * Refuses values that are classes, which are no beans to the modifier.
	 */
	static final class NoClasses extends SimpleDeserializers {

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			refuseClasses(type);
			return super.findBeanDeserializer(type, config, description);
		}

	}

}
