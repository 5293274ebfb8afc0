package io.redispatterns.stampede.sync;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * An invocation of a method that brings a {@code Mono} or {@code Flux}, in the context of
 * one subscriber. It may proceed any number of times.
 */
record AutoSyncInvocation(ProxyMethodInvocation invocation, ContextView context) implements MethodInvocation {

	@Override
	public @Nullable Object proceed() throws Throwable {
		Object brought = this.invocation.invocableClone().proceed();
		if (brought instanceof Mono<?> mono) {
			return mono.contextWrite(this.context);
		}
		return (brought instanceof Flux<?> flux) ? flux.contextWrite(this.context) : brought;
	}

	@Override
	public Method getMethod() {
		return this.invocation.getMethod();
	}

	@Override
	public @Nullable Object[] getArguments() {
		return this.invocation.getArguments();
	}

	@Override
	public @Nullable Object getThis() {
		return this.invocation.getThis();
	}

	@Override
	public AccessibleObject getStaticPart() {
		return this.invocation.getStaticPart();
	}

}
