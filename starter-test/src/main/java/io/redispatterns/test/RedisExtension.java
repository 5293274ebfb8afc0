package io.redispatterns.test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Hands running servers to the fields and parameters of tests.
 * <p>
 * {@link Redis @Redis} registers it. With {@code @ExtendWith(RedisExtension.class)} on
 * the class, parameters need no annotation.
 */
public final class RedisExtension implements BeforeAllCallback, TestInstancePreConstructCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(RedisExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) throws IllegalAccessException {
		for (Field field : AnnotationSupport.findAnnotatedFields(context.getRequiredTestClass(), Redis.class)) {
			if (!Modifier.isStatic(field.getModifiers()) || !isTopology(field.getType())) {
				throw new ExtensionConfigurationException(
						"@Redis field '%s' must be static and a StandaloneRedis, ClusterRedis or SentinelRedis"
							.formatted(field));
			}
			field.setAccessible(true);
			field.set(null, borrow(context, field, field.getType(), field.getAnnotation(Redis.class).value()));
		}
	}

	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context)
			throws IllegalAccessException {
		// With one instance per class, other extensions use the fields before beforeAll
		beforeAll(context);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return isTopology(parameter.getParameter().getType());
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Optional<Redis> annotation = parameter.findAnnotation(Redis.class);
		String[] arguments = annotation.map(Redis::value).orElse(new String[0]);
		Class<?> type = parameter.getParameter().getType();
		return borrow(context, List.of(type, List.of(arguments)), type, arguments);
	}

	private static RedisTopology borrow(ExtensionContext context, Object key, Class<?> type, String[] arguments) {
		TopologyPool pool = context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(TopologyPool.class, (unused) -> new TopologyPool(), TopologyPool.class);
		return context.getStore(NAMESPACE)
			.computeIfAbsent(key, (unused) -> pool.borrow(type, List.of(arguments)), TopologyPool.Loan.class)
			.topology();
	}

	private static boolean isTopology(Class<?> type) {
		return RedisTopology.class.isAssignableFrom(type);
	}

}
