package io.redispatterns.warming;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import io.redispatterns.warming.run.WarmPlan;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The {@link WarmCache} methods of all beans. A mistake is found here, at start.
 */
final class WarmMethods {

	private final ConfigurableListableBeanFactory beans;

	private final WarmingProperties properties;

	private final SingletonSupplier<CachedMethods> cached;

	private final List<WarmPlan> plans = new ArrayList<>();

	private WarmMethods(ConfigurableListableBeanFactory beans, WarmingProperties properties) {
		this.beans = beans;
		this.properties = properties;
		this.cached = SingletonSupplier
			.of(() -> CachedMethods.of(beans, beans.getBeanProvider(CacheOperationSource.class).stream().toList()));
	}

	/**
	 * Find the methods.
	 * @param beans the application's beans, none of which is made
	 * @param properties what a method does not say
	 * @return what to do
	 */
	static List<WarmPlan> of(ConfigurableListableBeanFactory beans, WarmingProperties properties) {
		WarmMethods found = new WarmMethods(beans, properties);
		CachedMethods.forEachType(beans, found::addAll);
		return found.plans;
	}

	private void addAll(String bean, Class<?> type) {
		if (AnnotationUtils.isCandidateClass(type, WarmCache.class)) {
			MetadataLookup<WarmCache> lookup = (method) -> AnnotatedElementUtils.findMergedAnnotation(method,
					WarmCache.class);
			MethodIntrospector.selectMethods(type, lookup)
				.forEach((method, annotation) -> add(bean, type, method, annotation));
		}
	}

	private void add(String bean, Class<?> type, Method method, WarmCache annotation) {
		BeanMethod keys = new BeanMethod(this.beans, bean, method);
		this.plans.add(new DeclaredMethod(bean, type, method, annotation, this.beans::resolveEmbeddedValue).plan(keys,
				this.cached.obtain(), this.properties));
	}

}
