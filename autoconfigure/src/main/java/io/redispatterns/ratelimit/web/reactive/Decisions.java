package io.redispatterns.ratelimit.web.reactive;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.rule.Admission;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRule;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets requests in without blocking.
 */
final class Decisions {

	private final Admissions admissions;

	Decisions(Admissions admissions) {
		this.admissions = admissions;
	}

	/**
	 * Let a request in, and have its response tell of that.
	 * @return completes, on a thread that is not one of the Redis client's, or fails when
	 * it is refused
	 */
	Mono<Void> admit(List<LimitRule> rules, Caller caller) {
		return Mono.defer(() -> {
			CompletableFuture<Void> admitted = this.admissions.admitLater(rules, this.admissions.call(caller))
				.thenAccept((admission) -> entered(admission, caller));
			Mono<Void> decided = Mono.fromFuture(admitted, true)
				.onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex);
			return admitted.isDone() ? decided : decided.publishOn(Schedulers.parallel());
		});
	}

	private static void entered(Admission admission, Caller caller) {
		admission.decisions().forEach(caller::tell);
		caller.whenAnswered(admission::end);
	}

}
