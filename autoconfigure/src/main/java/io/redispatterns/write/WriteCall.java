package io.redispatterns.write;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * A call of an annotated method, as expressions see it.
 *
 * @param method the method, that of the class where there is one
 * @param args the arguments
 * @param target the object
 * @param targetClass its class
 */
record WriteCall(Method method, @Nullable Object[] args, Object target, Class<?> targetClass) {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	public String methodName() {
		return this.method.getName();
	}

	/**
	 * What expressions may read, all of it without a way to assign anything.
	 */
	SimpleEvaluationContext context(@Nullable Object result) {
		SimpleEvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding()
			.withInstanceMethods()
			.withAssignmentDisabled()
			.withRootObject(this)
			.build();
		@Nullable String[] names = NAMES.getParameterNames(this.method);
		for (int i = 0; i < this.args.length; i++) {
			context.setVariable("p" + i, this.args[i]);
			context.setVariable("a" + i, this.args[i]);
			String name = (names != null) ? names[i] : null;
			if (name != null) {
				context.setVariable(name, this.args[i]);
			}
		}
		context.setVariable("result", result);
		return context;
	}

}
