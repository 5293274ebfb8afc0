package io.redispatterns.warming;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, called through the bean's advice. The bean is made when it is first
 * called.
 *
 * @param beans knows the bean
 * @param bean its name
 * @param method the method, of the bean's class
 */
record BeanMethod(BeanFactory beans, String bean, Method method) {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux",
			BeanMethod.class.getClassLoader());

	/**
	 * Call the method, and wait for what a future or publisher brings.
	 * @param arguments the arguments
	 * @return what the method returned
	 * @throws Exception what the method threw, or its future or publisher ended with
	 */
	@Nullable Object call(@Nullable Object... arguments) throws Exception {
		Object target = this.beans.getBean(this.bean);
		Method invocable = AopUtils.selectInvocableMethod(this.method, target.getClass());
		ReflectionUtils.makeAccessible(invocable);
		try {
			Object returned = invocable.invoke(target, arguments);
			await(returned);
			return returned;
		}
		catch (InvocationTargetException | ExecutionException ex) {
			if (ex.getCause() instanceof Exception thrown) {
				throw thrown;
			}
			throw ex;
		}
	}

	private static void await(@Nullable Object returned) throws InterruptedException, ExecutionException {
		if (returned instanceof CompletionStage<?> stage) {
			stage.toCompletableFuture().get();
		}
		else if (returned != null && REACTOR) {
			ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, returned);
			if (adapter != null && !adapter.isNoValue()) {
				Flux.from(adapter.toPublisher(returned)).then().block();
			}
		}
	}

	@Override
	public String toString() {
		return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName();
	}

}
