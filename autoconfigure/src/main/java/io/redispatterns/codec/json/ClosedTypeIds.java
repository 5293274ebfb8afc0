package io.redispatterns.codec.json;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.redispatterns.codec.ValueCodecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;
import tools.jackson.databind.type.TypeFactory;

/**
 * The type ids of one open type: a fixed table, in both directions.
 */
final class ClosedTypeIds extends TypeIdResolverBase {

	private static final String MAP = "map";

	private final String declared;

	private final Map<String, JavaType> types = new HashMap<>();

	private final Map<Class<?>, String> ids = new HashMap<>();

	ClosedTypeIds(ClosedTypes closed, JavaType baseType, TypeFactory factory) {
		super(baseType);
		Class<?> raw = baseType.getRawClass();
		this.declared = raw.getName();
		closed.membersOf(raw).forEach((id, type) -> {
			this.types.put(id, factory.constructType(type));
			this.ids.put(type, id);
		});
		if (closed.holdsCollections(raw)) {
			this.types.put("list", factory.constructCollectionType(ArrayList.class, Object.class));
			this.types.put("set", factory.constructCollectionType(LinkedHashSet.class, Object.class));
			this.types.put(MAP, factory.constructMapType(LinkedHashMap.class, String.class, Object.class));
			ClosedTypes.KEYS.forEach((key) -> this.types.put(MAP + ":" + key.getSimpleName(),
					factory.constructMapType(LinkedHashMap.class, key, Object.class)));
		}
	}

	@Override
	public String idFromValue(DatabindContext context, Object value) {
		String id = idOf(value);
		if (id != null) {
			return id;
		}
		throw new ValueCodecException(
				"the open type '%s' holds no '%s': declare a concrete or sealed type, or allow the class in 'redis.codec.allowed-types'"
					.formatted(this.declared, value.getClass().getName()));
	}

	private @Nullable String idOf(Object value) {
		String id = this.ids.get(value.getClass());
		for (Class<?> type = value.getClass().getSuperclass(); id == null
				&& type != null; type = type.getSuperclass()) {
			// What a subclass adds to a JDK type, such as the nanoseconds of a
			// java.sql.Timestamp, is part of its value
			id = (ClosedTypes.SCALARS.contains(type) && type != ZoneId.class) ? null : this.ids.get(type);
		}
		if (id != null || !this.types.containsKey(MAP)) {
			return id;
		}
		if (value instanceof Map<?, ?> map) {
			return mapId(map);
		}
		return (value instanceof List) ? "list" : (value instanceof Set) ? "set" : null;
	}

	private static @Nullable String mapId(Map<?, ?> map) {
		Class<?> keys = null;
		for (Object key : map.keySet()) {
			if (key == null || (keys != null && keys != key.getClass())) {
				return null;
			}
			keys = key.getClass();
		}
		if (keys == null || keys == String.class) {
			return MAP;
		}
		return ClosedTypes.KEYS.contains(keys) ? MAP + ":" + keys.getSimpleName() : null;
	}

	@Override
	public String idFromValueAndType(DatabindContext context, @Nullable Object value, Class<?> type) {
		if (value == null) {
			throw new ValueCodecException("the open type '%s' holds no null of a type".formatted(this.declared));
		}
		return idFromValue(context, value);
	}

	@Override
	public @Nullable JavaType typeFromId(DatabindContext context, String id) {
		return this.types.get(id);
	}

	@Override
	public JsonTypeInfo.Id getMechanism() {
		return JsonTypeInfo.Id.CUSTOM;
	}

}
