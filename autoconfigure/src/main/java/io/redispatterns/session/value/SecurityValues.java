package io.redispatterns.session.value;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.redispatterns.codec.ValueCodecException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.jackson.SecurityJacksonModules;

/**
 * What Spring Security puts into a session, by its own Jackson modules. A principal of
 * the application must be of an allowed package.
 */
final class SecurityValues {

	private static final String PACKAGE = "org.springframework.security.";

	private static final List<String> KNOWN = List.of(PACKAGE, "java.util.", "java.time.", "java.lang.");

	private final JsonMapper mapper;

	SecurityValues(AllowedPackages allowed, ClassLoader loader) {
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
		allowed.names().forEach((name) -> types.allowIfSubType(name + "."));
		List<SecurityJacksonModule> modules = SecurityJacksonModules.getModules(loader, types)
			.stream()
			.filter(SecurityJacksonModule.class::isInstance)
			.map(SecurityJacksonModule.class::cast)
			.toList();
		NamesFirst validator = new NamesFirst(types.build(), allowed);
		JsonMapper.Builder builder = JsonMapper.builder()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.polymorphicTypeValidator(validator);
		modules.forEach(builder::addModule);
		this.mapper = builder.activateDefaultTyping(validator, DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY)
			.build();
	}

	static boolean covers(Object value) {
		return value.getClass().getName().startsWith(PACKAGE);
	}

	byte[] encode(Object value) {
		try {
			byte[] bytes = this.mapper.writerFor(Object.class).writeValueAsBytes(value);
			// The list of classes is known to reading only
			this.mapper.readValue(bytes, Object.class);
			return bytes;
		}
		catch (JacksonException ex) {
			// Jackson's messages and causes quote the value
			throw new ValueCodecException(
					"Spring Security's modules cannot restore its '%s' (%s): let the principal be of an allowed package and have no collections but those of 'new ArrayList', 'new HashSet' and 'new HashMap'"
						.formatted(value.getClass().getName(), ex.getClass().getSimpleName()));
		}
	}

	Object decode(byte[] bytes, int begin) {
		Object value = null;
		try {
			boolean generic = contains(bytes, begin, '<')
					&& namesParameters(this.mapper.readTree(bytes, begin, bytes.length - begin));
			value = generic ? null : this.mapper.readValue(bytes, begin, bytes.length - begin, Object.class);
		}
		catch (RuntimeException ex) {
			// Told below, without the data that the message quotes
		}
		if (value == null || !covers(value)) {
			throw Parts.unreadable(bytes.length);
		}
		return value;
	}

	private static boolean contains(byte[] bytes, int begin, char wanted) {
		for (int i = begin; i < bytes.length; i++) {
			if (bytes[i] == wanted) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a class is named with type parameters, which Jackson would look for without
	 * asking the validator.
	 */
	private static boolean namesParameters(JsonNode node) {
		JsonNode name = node.isArray() ? node.path(0) : node.path("@class");
		if (name.isString() && name.asString().matches("[\\w.$]+<.*")) {
			return true;
		}
		for (JsonNode child : node) {
			if (namesParameters(child)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Refuses a class by its name before anything looks for it.
	 */
	private static final class NamesFirst extends PolymorphicTypeValidator.Base {

		private final PolymorphicTypeValidator types;

		private final AllowedPackages allowed;

		private NamesFirst(PolymorphicTypeValidator types, AllowedPackages allowed) {
			this.types = types;
			this.allowed = allowed;
		}

		@Override
		public Validity validateBaseType(DatabindContext context, JavaType baseType) {
			return this.types.validateBaseType(context, baseType);
		}

		@Override
		public Validity validateSubClassName(DatabindContext context, JavaType baseType, String name) {
			boolean known = KNOWN.stream().anyMatch(name::startsWith) || this.allowed.contain(name);
			return known ? this.types.validateSubClassName(context, baseType, name) : Validity.DENIED;
		}

		@Override
		public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
			return this.types.validateSubType(context, baseType, subType);
		}

	}

}
