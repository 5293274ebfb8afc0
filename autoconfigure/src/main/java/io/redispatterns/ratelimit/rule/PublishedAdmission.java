package io.redispatterns.ratelimit.rule;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Hands on an admission to a subscriber.
 */
public final class PublishedAdmission {

	private PublishedAdmission() {
	}

	/**
	 * Publish an admission, on a thread that is not one of the Redis client's. So is what
	 * was decided without Redis: Reactor Netty 1.3.7 reads a connection no further once a
	 * request that it had queued is answered on its own thread (reactor-netty#4361). What
	 * comes when nobody wants it any more is ended.
	 * @param decided the admission
	 * @return what emits it, or fails as it does
	 */
	public static Mono<Admission> of(CompletableFuture<Admission> decided) {
		return Mono.fromFuture(decided, true)
			.onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex)
			.publishOn(Schedulers.parallel())
			.doOnDiscard(Admission.class, (unwanted) -> unwanted.end(false));
	}

}
