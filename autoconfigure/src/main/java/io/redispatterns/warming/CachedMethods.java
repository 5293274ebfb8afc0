package io.redispatterns.warming;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.util.ClassUtils;

/**
 * The {@code @Cacheable} methods with one parameter, by which a key can be read. No bean
 * is made for it.
 */
final class CachedMethods {

	private final List<Cached> all = new ArrayList<>();

	private CachedMethods() {
	}

	static CachedMethods of(ConfigurableListableBeanFactory beans, Collection<CacheOperationSource> sources) {
		CachedMethods found = new CachedMethods();
		forEachType(beans, (bean, type) -> sources.forEach((source) -> {
			if (source.isCandidateClass(type)) {
				MetadataLookup<Collection<CacheOperation>> lookup = (method) -> source.getCacheOperations(method, type);
				MethodIntrospector.selectMethods(type, lookup)
					.forEach((method, operations) -> found.add(new BeanMethod(beans, bean, method), type, operations));
			}
		}));
		return found;
	}

	/**
	 * Go through the application's beans, without those that stand behind another.
	 */
	static void forEachType(ConfigurableListableBeanFactory beans, BiConsumer<String, Class<?>> action) {
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null
					: AutoProxyUtils.determineTargetClass(beans, name);
			if (type != null && !type.getName().startsWith("org.springframework.")) {
				action.accept(name, ClassUtils.getUserClass(type));
			}
		}
	}

	private void add(BeanMethod call, Class<?> type, Collection<CacheOperation> operations) {
		Method method = call.method();
		operations.stream()
			.filter((operation) -> operation instanceof CacheableOperation && method.getParameterCount() == 1)
			.flatMap((operation) -> operation.getCacheNames().stream())
			.forEach((cache) -> this.all.add(new Cached(cache, type, call)));
	}

	/**
	 * The methods that fill a cache.
	 * @param cache name of the cache
	 * @param by class or interface of the bean, {@code void} for any
	 * @param method name of the method, empty for any
	 * @return the methods
	 */
	List<BeanMethod> of(String cache, Class<?> by, String method) {
		return this.all.stream()
			.filter((each) -> each.cache().equals(cache))
			.filter((each) -> by == void.class || by.isAssignableFrom(each.type()))
			.map(Cached::call)
			.filter((call) -> method.isEmpty() || call.method().getName().equals(method))
			.toList();
	}

	private record Cached(String cache, Class<?> type, BeanMethod call) {

	}

}
