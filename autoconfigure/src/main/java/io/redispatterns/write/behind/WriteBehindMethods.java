package io.redispatterns.write.behind;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * The annotated methods of all beans, by their queues. No bean is made for it.
 */
final class WriteBehindMethods {

	private final Map<String, Type> types = new LinkedHashMap<>();

	private final Map<String, FlushMethod> flushes = new LinkedHashMap<>();

	private final Map<String, String> queues = new LinkedHashMap<>();

	private final Map<String, Method> deletions = new LinkedHashMap<>();

	private WriteBehindMethods() {
	}

	static WriteBehindMethods of(ConfigurableListableBeanFactory beans) {
		WriteBehindMethods found = new WriteBehindMethods();
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> target = AutoProxyUtils.determineTargetClass(beans, name);
			if (target != null && !target.getName().startsWith("org.springframework.")
					&& !ScopedProxyUtils.isScopedTarget(name)) {
				Class<?> type = ClassUtils.getUserClass(target);
				select(type, WriteBehind.class, (method, write) -> found.addWrite(type, method, write));
				select(type, WriteBehindFlush.class, (method, flush) -> found.addFlush(name, type, method, flush));
			}
		}
		found.flushes.forEach(found::verifyThatItDeletes);
		return found;
	}

	private void verifyThatItDeletes(String queue, FlushMethod flush) {
		Method deletion = this.deletions.get(queue);
		if (deletion != null && flush.rows()) {
			throw new IllegalStateException(
					"Queue '%s' has deletions by '%s', which @WriteBehindFlush method '%s' does not take: let it take a 'WriteBatch'"
						.formatted(queue, deletion, flush.method()));
		}
	}

	private static <A extends Annotation> void select(Class<?> type, Class<A> annotation, BiConsumer<Method, A> use) {
		if (AnnotationUtils.isCandidateClass(type, annotation)) {
			MethodIntrospector
				.selectMethods(type,
						(MethodIntrospector.MetadataLookup<@Nullable A>) (method) -> AnnotatedElementUtils
							.findMergedAnnotation(method, annotation))
				.forEach(use);
		}
	}

	/**
	 * The methods that write, by queue.
	 */
	Map<String, FlushMethod> flushes() {
		return this.flushes;
	}

	/**
	 * The queues that have rows.
	 */
	Set<String> names() {
		return Collections.unmodifiableSet(this.types.keySet());
	}

	/**
	 * The queues of caches, by cache.
	 */
	Map<String, String> queues() {
		return this.queues;
	}

	/**
	 * The cache of a queue.
	 * @return its name, {@code null} for none
	 */
	@Nullable String cache(String queue) {
		return this.queues.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().equals(queue))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	/**
	 * The type of the rows of a queue.
	 * @return the type, {@code null} where all methods delete
	 */
	@Nullable Type type(String queue) {
		return this.types.get(queue);
	}

	private void addWrite(Class<?> owner, Method method, WriteBehind write) {
		if (write.delete()) {
			this.deletions.put(write.queue(), method);
		}
		else {
			addType(write.queue(), closed(row(ResolvableType.forMethodReturnType(method, owner), method), method));
		}
		if (!write.cache().isEmpty()) {
			String other = this.queues.put(write.cache(), write.queue());
			if ((other != null && !other.equals(write.queue())) || !write.cache().equals(cache(write.queue()))) {
				throw new IllegalStateException(
						"Queue '%s' and cache '%s' of method '%s' are those of another cache or queue too: a cache has one queue, and a queue one cache"
							.formatted(write.queue(), write.cache(), method));
			}
		}
	}

	private void addFlush(String bean, Class<?> owner, Method method, WriteBehindFlush flush) {
		FlushMethod added = FlushMethod.of(bean, owner, method);
		FlushMethod other = this.flushes.put(flush.queue(), added);
		if (other != null) {
			throw new IllegalStateException("Queue '%s' is flushed by both '%s' and '%s': keep one of them"
				.formatted(flush.queue(), other.method(), method));
		}
		addType(flush.queue(), added.type());
	}

	private void addType(String queue, Type type) {
		Type other = this.types.put(queue, type);
		if (other != null && !other.equals(type)) {
			throw new IllegalStateException("Queue '%s' has rows of type '%s' and of type '%s': give each a queue"
				.formatted(queue, other.getTypeName(), type.getTypeName()));
		}
	}

	private static ResolvableType row(ResolvableType returned, Method method) {
		Class<?> raw = returned.resolve(Object.class);
		if (raw == void.class || raw == Void.class || Future.class.isAssignableFrom(raw)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw) != null) {
			throw new IllegalStateException(
					"@WriteBehind method '%s' must return the row or a collection of rows".formatted(method));
		}
		return Collection.class.isAssignableFrom(raw) ? returned.as(Collection.class).getGeneric(0) : returned;
	}

	static Type closed(ResolvableType type, Method method) {
		if (type.resolve() == null || type.hasUnresolvableGenerics()) {
			throw new IllegalStateException("Method '%s' does not tell the type of the rows".formatted(method));
		}
		return type.hasGenerics() ? type.getType() : type.toClass();
	}

}
