package io.redispatterns.codec.json;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.ConstructorDetector;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The mapper behind the codecs: everything is written, nothing is guessed, no class is
 * named.
 */
final class ValueMapper {

	private ValueMapper() {
	}

	static JsonMapper create(ClosedTypes types, ClosedTyping typing, List<ValueJsonCustomizer> customizers) {
		JsonMapper.Builder builder = JsonMapper.builder(factory())
			.constructorDetector(ConstructorDetector.USE_PROPERTIES_BASED)
			.enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
			.enable(MapperFeature.USE_STATIC_TYPING, MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
					DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE)
			.withCoercionConfig(LogicalType.Textual,
					(config) -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
		customizers.forEach((customizer) -> customizer.customize(builder));
		CompletableFuture<JsonMapper> mapper = new CompletableFuture<>();
		RestorableTypes restorable = new RestorableTypes(typing, () -> mapper.join().serializationConfig());
		mapper.complete(builder.polymorphicTypeValidator(typing.validator())
			.setDefaultTyping(typing)
			.annotationIntrospector(AnnotationIntrospector.pair(new WholeValues(), builder.annotationIntrospector()))
			.addModule(new SimpleModule("redis-patterns").setDeserializerModifier(restorable)
				.setDeserializers(new RestorableTypes.NoClasses()))
			.build());
		return mapper.join();
	}

	// The codec bounds the whole value, so a long string needs no bound of its own
	private static JsonFactory factory() {
		return JsonFactory.builder()
			.recyclerPool(JsonRecyclerPools.threadLocalPool())
			.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
			.build();
	}

	/**
	 * Writes concrete types as declared and the others as what they are, and everything
	 * that will be asked for when reading.
	 */
	private static final class WholeValues extends NopAnnotationIntrospector {

		@Override
		public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
			return JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
		}

		@Override
		public JsonSerialize.@Nullable Typing findSerializationTyping(MapperConfig<?> config, Annotated annotated) {
			Class<?> type = annotated.getRawType();
			boolean container = type.isArray() || Iterable.class.isAssignableFrom(type)
					|| Map.class.isAssignableFrom(type);
			boolean chosenById = !type.isPrimitive() && !container
					&& (type == Object.class || type.isSealed() || Modifier.isAbstract(type.getModifiers())
							|| AnnotatedElementUtils.hasAnnotation(type, JsonTypeInfo.class));
			return chosenById ? JsonSerialize.Typing.DYNAMIC : null;
		}

	}

}
