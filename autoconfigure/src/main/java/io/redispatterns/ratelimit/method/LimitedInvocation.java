package io.redispatterns.ratelimit.method;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.rule.Admission;
import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.LimitedCall;
import org.aopalliance.intercept.MethodInvocation;

/**
 * The invocation of a limited method.
 *
 * @param invocation the invocation
 * @param method the method of the class
 * @param rules what limits it
 * @param answer whether the method answers a request, whose response tells of the limits
 * and says whether the call was a success
 * @param surroundings what it is let in by
 */
record LimitedInvocation(MethodInvocation invocation, Method method, List<LimitRule> rules, boolean answer,
		Surroundings surroundings) {

	Caller currentCaller() {
		return this.surroundings.currentCaller();
	}

	boolean mayWait() {
		return this.surroundings.mayWait().getAsBoolean();
	}

	Admission admit(Caller caller) {
		return told(this.surroundings.admissions().get().admit(this.rules, call(caller)), caller);
	}

	CompletableFuture<Admission> admitLater(Caller caller) {
		return this.surroundings.admissions()
			.get()
			.admitLater(this.rules, call(caller))
			.thenApply((admission) -> told(admission, caller));
	}

	void end(Admission admission, Caller caller, boolean succeeded) {
		if (!this.answer || !caller.whenAnswered(admission::end)) {
			admission.end(succeeded);
		}
	}

	private LimitedCall call(Caller caller) {
		return this.surroundings.admissions().get().call(caller, this.method, this.invocation.getArguments());
	}

	private Admission told(Admission admission, Caller caller) {
		if (this.answer) {
			admission.decisions().forEach(caller::tell);
		}
		return admission;
	}

}
