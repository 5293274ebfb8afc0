package io.redispatterns;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata that the compiler generated from the properties of this module, without
 * that of Spring Boot about its endpoint.
 */
record ConfigurationMetadata(List<Property> properties, List<String> hints) {

	private static final Path META_INF = MainClasses.OUTPUT.resolve("META-INF");

	static ConfigurationMetadata load() {
		return load(META_INF.resolve("spring-configuration-metadata.json"));
	}

	static ConfigurationMetadata loadAdditional() {
		return load(META_INF.resolve("additional-spring-configuration-metadata.json"));
	}

	private static ConfigurationMetadata load(Path file) {
		if (!Files.exists(file)) {
			return new ConfigurationMetadata(List.of(), List.of());
		}
		JsonNode root = JsonMapper.shared().readTree(file);
		return new ConfigurationMetadata(root.path("properties")
			.valueStream()
			.map(Property::of)
			.filter((property) -> !property.name().startsWith("management."))
			.toList(), root.path("hints").valueStream().map((hint) -> hint.path("name").asString()).toList());
	}

	List<String> names() {
		return this.properties.stream().map(Property::name).toList();
	}

	/**
	 * One key of {@code application.yml}.
	 *
	 * @param name the key
	 * @param type the Java type
	 * @param description the text shown to a user, empty when there is none
	 * @param defaultValue the default as it would be written, {@code null} when there is
	 * none
	 */
	record Property(String name, String type, String description, @Nullable String defaultValue) {

		private static Property of(JsonNode node) {
			JsonNode value = node.path("defaultValue");
			String defaultValue = value.isArray()
					? String.join(", ", value.valueStream().map(JsonNode::asString).toList())
					: value.isMissingNode() ? null : value.asString();
			return new Property(node.path("name").asString(), node.path("type").asString(),
					node.path("description").asString(""), defaultValue);
		}

	}

}
