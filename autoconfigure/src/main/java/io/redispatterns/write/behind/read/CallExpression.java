package io.redispatterns.write.behind.read;

import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Expressions on the call of a method, with the same words as those of Spring's caching
 * annotations.
 */
public final class CallExpression {

	private final ConcurrentMap<String, Expression> parsed = new ConcurrentHashMap<>();

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

	private final BeanFactory beans;

	/**
	 * Create expressions.
	 * @param beans what an expression may name
	 */
	public CallExpression(BeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Evaluate an expression.
	 * @param text the expression
	 * @param invocation the call
	 * @param result what it has returned, as far as it has
	 * @return what the expression gives
	 */
	public @Nullable Object value(String text, MethodInvocation invocation, @Nullable Object result) {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? AopUtils.getTargetClass(target) : invocation.getMethod().getDeclaringClass();
		Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
		MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(
				new Call(method, invocation.getArguments(), target, type), method, invocation.getArguments(),
				this.names);
		context.setBeanResolver(new BeanFactoryResolver(this.beans));
		context.setVariable("result", result);
		return this.parsed.computeIfAbsent(text, this.parser::parseExpression).getValue(context);
	}

	/**
	 * What an expression calls {@code #root}.
	 */
	record Call(Method method, @Nullable Object[] args, @Nullable Object target, Class<?> targetClass) {

		public Method getMethod() {
			return this.method;
		}

		public String getMethodName() {
			return this.method.getName();
		}

		public @Nullable Object[] getArgs() {
			return this.args;
		}

		public @Nullable Object getTarget() {
			return this.target;
		}

		public Class<?> getTargetClass() {
			return this.targetClass;
		}

	}

}
