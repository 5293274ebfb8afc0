package io.redispatterns.ratelimit.rule;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.redispatterns.ratelimit.RateLimitExempt;
import io.redispatterns.ratelimit.RateLimited;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * What the annotations of methods and classes say, each read once. Safe for use by many
 * threads.
 */
public final class LimitRules {

	private final Map<MethodClassKey, MethodLimits> known = new ConcurrentHashMap<>();

	private final AnnotationRules annotations;

	private volatile Consumer<MethodLimits> check = (limits) -> {
	};

	/**
	 * Create the rules.
	 * @param placeholders resolves placeholders
	 */
	public LimitRules(UnaryOperator<String> placeholders) {
		this.annotations = new AnnotationRules(placeholders);
	}

	/**
	 * What is said of a method, or else of its class.
	 * @param method the method, also one of an interface
	 * @param targetClass the class of the object
	 * @return what limits it
	 * @throws InvalidRateLimitedException when an annotation cannot be enforced
	 */
	public MethodLimits of(Method method, Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		MethodLimits limits = this.known.get(key);
		if (limits == null) {
			limits = find(AopUtils.getMostSpecificMethod(method, targetClass), targetClass);
			this.check.accept(limits);
			this.known.put(key, limits);
		}
		return limits;
	}

	/**
	 * Check what has been found, and from now on what is found.
	 * @param check fails for what cannot be enforced
	 */
	void check(Consumer<MethodLimits> check) {
		this.check = check;
		Collection<MethodLimits> found = List.copyOf(this.known.values());
		found.forEach(check);
	}

	private MethodLimits find(Method method, Class<?> targetClass) {
		Set<RateLimited> own = AnnotatedElementUtils.findMergedRepeatableAnnotations(method, RateLimited.class,
				RateLimited.All.class);
		boolean exempt = AnnotatedElementUtils.hasAnnotation(method, RateLimitExempt.class);
		if (exempt || !own.isEmpty()) {
			verify(method, exempt, !own.isEmpty());
			return exempt ? MethodLimits.EXEMPT : new MethodLimits(false, this.annotations.read(method, own));
		}
		if (method.isSynthetic() || method.getDeclaringClass() == Object.class || !isReachable(method, targetClass)) {
			return MethodLimits.NOTHING;
		}
		if (AnnotatedElementUtils.hasAnnotation(targetClass, RateLimitExempt.class)) {
			return MethodLimits.EXEMPT;
		}
		Set<RateLimited> ofClass = AnnotatedElementUtils.findMergedRepeatableAnnotations(targetClass, RateLimited.class,
				RateLimited.All.class);
		if (ofClass.isEmpty()) {
			return MethodLimits.NOTHING;
		}
		verify(method, false, true);
		return new MethodLimits(false, this.annotations.read(targetClass, ofClass));
	}

	private static boolean isReachable(Method method, Class<?> targetClass) {
		int modifiers = method.getModifiers();
		return !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers)
				&& (!Modifier.isFinal(modifiers) || method.getDeclaringClass() == targetClass);
	}

	private static void verify(Method method, boolean exempt, boolean limited) {
		String where = "@RateLimited on '%s.%s'".formatted(method.getDeclaringClass().getName(), method.getName());
		if (exempt && limited) {
			throw new InvalidRateLimitedException(where, "stands beside @RateLimitExempt", "Remove one of the two.");
		}
		int modifiers = method.getModifiers();
		if (limited && (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers))) {
			throw new InvalidRateLimitedException(where, "cannot be applied: the method is private, static or final",
					"Make it a method that a subclass can override, and call it from another bean.");
		}
	}

}
