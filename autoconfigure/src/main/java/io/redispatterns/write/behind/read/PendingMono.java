package io.redispatterns.write.behind.read;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.redispatterns.write.behind.read.PendingReadsInterceptor.Wanted;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ResolvableType;

/**
 * Loads that bring a {@code Mono}: the queue is asked for each subscriber, and no thread
 * waits for it.
 */
final class PendingMono {

	private PendingMono() {
	}

	static Mono<Object> of(PendingRows rows, List<Wanted> wanted, ProxyMethodInvocation invocation) {
		Class<?> type = ResolvableType.forMethodReturnType(invocation.getMethod()).getGeneric(0).resolve(Object.class);
		return Flux.fromIterable(wanted)
			.concatMap((each) -> Mono.fromFuture(() -> rows.findLater(each.cache(), each.key())))
			.next()
			.onErrorResume(PendingReadsInterceptor::isDoubt, (ex) -> {
				PendingReadsInterceptor.doubt(rows, wanted, ex);
				return Mono.empty();
			})
			.filter((row) -> row.value() == null || type.isInstance(row.value()))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((found) -> found.map((row) -> Mono.justOrEmpty(row.value())).orElseGet(() -> load(invocation)));
	}

	private static Mono<Object> load(ProxyMethodInvocation invocation) {
		try {
			return Mono.from((Mono<?>) Objects.requireNonNull(invocation.invocableClone().proceed()));
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

}
