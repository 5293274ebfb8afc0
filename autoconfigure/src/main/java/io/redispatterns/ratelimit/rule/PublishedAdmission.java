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
	 * Publish an admission, on a thread that is not one of the Redis client's. What comes
	 * when nobody wants it any more is ended.
	 * @param decided the admission
	 * @return what emits it, or fails as it does
	 */
	public static Mono<Admission> of(CompletableFuture<Admission> decided) {
		Mono<Admission> admission = Mono.fromFuture(decided, true)
			.onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex);
		return (decided.isDone() ? admission : admission.publishOn(Schedulers.parallel())).doOnDiscard(Admission.class,
				(unwanted) -> unwanted.end(false));
	}

}
