package io.redispatterns.hash.field;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.JsonObjectProperty;
import io.redispatterns.codec.json.JsonValueCodecs;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Turns the objects of a store into fields of a hash, and back.
 */
public final class HashCodec {

	private final String owner;

	private final ValueCodec whole;

	private final Map<String, JsonObjectProperty> properties = new LinkedHashMap<>();

	private final String shape;

	private final @Nullable JsonObjectProperty version;

	/**
	 * Create a codec.
	 * @param codecs what makes the codecs of the application
	 * @param owner the store, as messages name it
	 * @param type the class of the objects
	 * @param maxSize the largest size of an object
	 */
	public HashCodec(JsonValueCodecs codecs, String owner, Class<?> type, DataSize maxSize) {
		this.owner = owner;
		JsonObjectProperty.of(codecs, owner, type).forEach((each) -> this.properties.put(each.name(), each));
		if (this.properties.isEmpty()) {
			throw new ValueCodecException(
					"%s stores objects property by property, and a '%s' has none: give it a record or a bean"
						.formatted(owner, type.getName()));
		}
		this.whole = codecs.codecFor(owner, List.of(type), DataSize.ofBytes(0), maxSize);
		CRC32C crc = new CRC32C();
		crc.update(this.properties.values()
			.stream()
			.map(JsonObjectProperty::toString)
			.sorted()
			.collect(Collectors.joining(";"))
			.getBytes(StandardCharsets.UTF_8));
		this.shape = "%08x".formatted(crc.getValue());
		this.version = this.properties.values()
			.stream()
			.filter((property) -> property.isAnnotated("Version"))
			.findFirst()
			.orElse(null);
	}

	public Collection<String> names() {
		return this.properties.keySet();
	}

	/**
	 * What the class looks like: the same eight digits on every node that has the same
	 * properties.
	 */
	public String shape() {
		return this.shape;
	}

	public String versionOf(Object object) {
		return HashVersion.of((this.version != null) ? this.version.of(object) : null);
	}

	/**
	 * Whether it is the property that tells how new an object is.
	 */
	public boolean isVersion(String property) {
		return this.version != null && this.version.name().equals(property);
	}

	/**
	 * A property that can be read and written alone.
	 */
	public JsonObjectProperty property(String name) {
		JsonObjectProperty property = this.properties.get(name);
		if (property == null || !property.standsAlone()) {
			throw new IllegalArgumentException("%s has %s but was asked for '%s'".formatted(this.owner,
					(property != null) ? "annotations that change the JSON of the property" : names(), name));
		}
		return property;
	}

	public Map<String, byte[]> encode(Object object) {
		Map<String, byte[]> members = JsonMembers.split(this.whole.encode(object), 1);
		if (!members.keySet().equals(this.properties.keySet())) {
			throw new ValueCodecException("%s cannot store a '%s': its JSON has the members %s instead of %s"
				.formatted(this.owner, object.getClass().getName(), members.keySet(), names()));
		}
		return members;
	}

	/**
	 * Read an object.
	 * @param members the JSON of all properties
	 * @throws UnreadableValueException if this is no object of the class
	 */
	public Object decode(Map<String, byte[]> members) {
		if (members.size() < this.properties.size() || !members.values().stream().allMatch(JsonMembers::isContained)) {
			throw new UnreadableValueException(this.owner, members.size(), "a property is absent, or no JSON");
		}
		byte[] json = JsonMembers.join(JsonObjectProperty.MARK, members);
		return this.whole.decode(json, 0, json.length);
	}

}
