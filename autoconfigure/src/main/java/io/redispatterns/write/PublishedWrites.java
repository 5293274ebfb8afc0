package io.redispatterns.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.redispatterns.cache.SubscriberTransactions;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Writes what a publisher brings, for each subscriber when it is complete and before the
 * subscriber is told so: that of several as a list.
 */
final class PublishedWrites {

	private PublishedWrites() {
	}

	/**
	 * Write what a publisher brings.
	 * @return the publisher to hand on, {@code null} when the result is none
	 */
	static @Nullable Object around(Object result, Consumer<@Nullable Object> write) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		if (adapter == null) {
			return null;
		}
		Publisher<Object> source = SubscriberTransactions.around(adapter.toPublisher(result));
		return adapter.fromPublisher(adapter.isMultiValue() ? several(source, write) : one(source, write));
	}

	private static Mono<Object> one(Publisher<Object> source, Consumer<@Nullable Object> write) {
		return Mono.from(source).doOnSuccess(write);
	}

	private static Flux<Object> several(Publisher<Object> source, Consumer<@Nullable Object> write) {
		return Flux.defer(() -> {
			List<Object> brought = new ArrayList<>();
			return Flux.from(source).doOnNext(brought::add).doOnComplete(() -> write.accept(brought));
		});
	}

}
