package io.redispatterns.write;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * What is said of methods, on those of a class or of an interface that it implements.
 */
final class WriteOperations {

	private final ConcurrentMap<MethodClassKey, List<WriteRule>> known = new ConcurrentHashMap<>();

	/**
	 * What is said of a method.
	 * @return the operations, none for a method that is not annotated
	 * @throws InvalidWriteThroughException when an annotation cannot be carried out
	 */
	List<WriteRule> of(Method method, Class<?> targetClass) {
		return this.known.computeIfAbsent(new MethodClassKey(method, targetClass),
				(key) -> find(AopUtils.getMostSpecificMethod(method, targetClass)));
	}

	private static List<WriteRule> find(Method method) {
		return AnnotatedElementUtils.findMergedRepeatableAnnotations(method, WriteThrough.class, WriteThrough.All.class)
			.stream()
			.map((annotation) -> WriteRule.of(method, annotation))
			.toList();
	}

}
