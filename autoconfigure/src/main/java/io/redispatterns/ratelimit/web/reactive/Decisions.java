package io.redispatterns.ratelimit.web.reactive;

import java.util.List;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.PublishedAdmission;
import reactor.core.publisher.Mono;

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
		return Mono.defer(() -> PublishedAdmission.of(this.admissions.admitLater(rules, this.admissions.call(caller))))
			.doOnNext((admission) -> {
				admission.decisions().forEach(caller::tell);
				caller.whenAnswered(admission::end);
			})
			.then();
	}

}
