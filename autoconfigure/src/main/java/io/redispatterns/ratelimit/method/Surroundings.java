package io.redispatterns.ratelimit.method;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.client.CallerSource;
import io.redispatterns.ratelimit.client.ReactiveCallerSource;
import io.redispatterns.ratelimit.rule.Admissions;

/**
 * What calls are let in by. Asked for with the first call: advice is made when the first
 * bean is.
 *
 * @param admissions decide
 * @param sources know who makes a call on a thread
 * @param reactiveSources know who makes a call by a subscription
 * @param mayWait whether the current thread may wait
 */
record Surroundings(Supplier<Admissions> admissions, Supplier<List<CallerSource>> sources,
		Supplier<List<ReactiveCallerSource>> reactiveSources, BooleanSupplier mayWait) {

	Caller currentCaller() {
		for (CallerSource source : this.sources.get()) {
			Caller caller = source.current();
			if (caller != null) {
				return caller;
			}
		}
		return Caller.NONE;
	}

}
