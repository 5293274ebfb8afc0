package io.redispatterns.cache.many;

import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.redispatterns.cache.value.ValueTypeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The methods that are annotated with {@link CacheableMany}, each looked at once.
 */
final class ManyMethods implements ValueTypeSource {

	private final ConcurrentMap<MethodClassKey, ManyMethod> known = new ConcurrentHashMap<>();

	@Override
	public void visit(Class<?> type, Visitor visitor) {
		if (isCandidate(type)) {
			MetadataLookup<@Nullable ManyMethod> lookup = (method) -> find(method, type);
			MethodIntrospector.selectMethods(type, lookup).values().forEach((found) -> {
				if (found != null) {
					visitor.visit(found.cache(), found.value());
				}
			});
		}
	}

	boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, CacheableMany.class);
	}

	/**
	 * The method as it is annotated.
	 * @param type the class of the bean
	 * @return {@code null} when it is not
	 * @throws IllegalStateException when it is and cannot be
	 */
	@Nullable ManyMethod find(Method method, Class<?> type) {
		MethodClassKey key = new MethodClassKey(method, type);
		ManyMethod found = this.known.get(key);
		if (found == null) {
			Method specific = AopUtils.getMostSpecificMethod(method, type);
			CacheableMany annotation = AnnotatedElementUtils.findMergedAnnotation(specific, CacheableMany.class);
			if (annotation != null) {
				found = ManyMethod.of(specific, type, annotation);
				this.known.put(key, found);
			}
		}
		return found;
	}

}
