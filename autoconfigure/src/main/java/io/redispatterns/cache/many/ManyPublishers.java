package io.redispatterns.cache.many;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Calls of methods that bring a {@code Mono}: each time that it is subscribed to, in the
 * context of the subscriber.
 */
final class ManyPublishers {

	private static final String TRANSACTION = "org.springframework.transaction.reactive.TransactionContext";

	private ManyPublishers() {
	}

	/**
	 * The same for a {@code Flux}, whose values come when all of them are there.
	 */
	static Flux<Object> flux(ManyCall call, Later later) {
		return mono(call, later).flatMapIterable((values) -> (List<?>) values);
	}

	static Mono<Object> mono(ManyCall call, Later later) {
		return Mono.deferContextual((context) -> {
			if (isTransactional(context)) {
				return Mono.from(brought(call, null));
			}
			return Mono.fromFuture(
					() -> later.find((missing) -> brought(call, missing).contextWrite(context).toFuture()), true);
		});
	}

	/**
	 * Whether what is read may not be seen by others.
	 */
	private static boolean isTransactional(ContextView context) {
		return context.stream()
			.anyMatch((entry) -> entry.getKey() instanceof Class<?> type && type.getName().equals(TRANSACTION));
	}

	/**
	 * Call the method.
	 * @param keys those to call it with, {@code null} for all
	 */
	private static Mono<Object> brought(ManyCall call, @Nullable List<Object> keys) {
		try {
			Object brought = (keys != null) ? call.proceed(keys) : call.invocation().invocableClone().proceed();
			return (brought instanceof Flux<?> many) ? many.collectList().cast(Object.class)
					: Mono.from((Mono<?>) Objects.requireNonNull(brought));
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * Finds values, and loads what is missing.
	 */
	interface Later {

		CompletableFuture<Object> find(Loader loader);

	}

	/**
	 * Loads what is missing.
	 */
	interface Loader {

		CompletableFuture<?> load(List<Object> missing) throws Exception;

	}

}
