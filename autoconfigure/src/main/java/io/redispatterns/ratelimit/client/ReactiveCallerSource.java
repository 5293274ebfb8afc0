package io.redispatterns.ratelimit.client;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Finds the request that a subscription is part of.
 */
@FunctionalInterface
public interface ReactiveCallerSource {

	/**
	 * The sender of the request that a subscriber belongs to.
	 * @param context the context of the subscriber
	 * @return the caller, empty when it belongs to none
	 */
	Mono<Caller> of(ContextView context);

}
