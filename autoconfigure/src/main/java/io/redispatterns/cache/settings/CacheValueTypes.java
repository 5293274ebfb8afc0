package io.redispatterns.cache.settings;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.redispatterns.cache.value.ValueTypeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.CacheEvictOperation;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Types of the values of each cache, told from the return types of the annotated methods
 * of all beans: what they return, or what their optional, future or publisher brings. No
 * bean is made for it.
 */
public final class CacheValueTypes {

	private final Map<String, Set<Type>> types = new LinkedHashMap<>();

	private CacheValueTypes() {
	}

	public static CacheValueTypes of(ConfigurableListableBeanFactory beans, Collection<CacheOperationSource> sources,
			Collection<ValueTypeSource> others) {
		CacheValueTypes found = new CacheValueTypes();
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
			if (type != null && !type.getName().startsWith("org.springframework.")) {
				sources.forEach((source) -> found.addAll(ClassUtils.getUserClass(type), source));
				others.forEach((source) -> source.visit(ClassUtils.getUserClass(type), found::add));
			}
		}
		return found;
	}

	/**
	 * Names of the caches that annotations name.
	 */
	Set<String> cacheNames() {
		return this.types.keySet();
	}

	/**
	 * Types of the values of a cache.
	 * @return the types, none for a cache that no annotated method brings values to
	 */
	Set<Type> of(String cache) {
		return this.types.getOrDefault(cache, Set.of());
	}

	private void addAll(Class<?> type, CacheOperationSource source) {
		if (source.isCandidateClass(type)) {
			MetadataLookup<Collection<CacheOperation>> lookup = (method) -> source.getCacheOperations(method, type);
			MethodIntrospector.selectMethods(type, lookup)
				.forEach((method, operations) -> operations.forEach((operation) -> add(type, method, operation)));
		}
	}

	private void add(Class<?> type, Method method, CacheOperation operation) {
		Type value = value(ResolvableType.forMethodReturnType(method, type));
		for (String cache : operation.getCacheNames()) {
			Set<Type> values = this.types.computeIfAbsent(cache, (name) -> new LinkedHashSet<>());
			if (value != null && !(operation instanceof CacheEvictOperation)) {
				values.add(value);
			}
		}
	}

	private void add(String cache, ResolvableType returned) {
		Type value = value(returned);
		if (value != null) {
			this.types.computeIfAbsent(cache, (name) -> new LinkedHashSet<>()).add(value);
		}
	}

	private static @Nullable Type value(ResolvableType returned) {
		Class<?> type = returned.resolve(Object.class);
		if (type == void.class || type == Void.class) {
			return null;
		}
		if (Optional.class == type || CompletionStage.class.isAssignableFrom(type) || Future.class == type) {
			return value(returned.as(type).getGeneric(0));
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		if (adapter != null) {
			Type element = value(returned.getGeneric(0));
			return (element != null && adapter.isMultiValue())
					? ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(element)).getType()
					: element;
		}
		return closed(returned);
	}

	/**
	 * The type without variables: what the bean's class gave for them.
	 */
	private static Type closed(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics() || type.isArray()) {
			return raw;
		}
		ResolvableType[] generics = type.getGenerics();
		for (int i = 0; i < generics.length; i++) {
			generics[i] = ResolvableType.forType(closed(generics[i]));
		}
		return ResolvableType.forClassWithGenerics(raw, generics).getType();
	}

}
