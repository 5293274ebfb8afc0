package io.redispatterns.cache.transaction;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fence.TransactionTraits;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.transaction.reactive.TransactionContext;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;

/**
 * Transactions that are bound to the context of a subscriber, where one is known to the
 * thread, else to the thread.
 */
final class ReactiveTransactions extends CacheTransactions {

	private static final ThreadLocal<@Nullable TransactionContext> CONTEXT = new ThreadLocal<>();

	/**
	 * Spares reads the look at their thread while no publisher has had a transaction.
	 */
	private static volatile boolean used;

	private final CacheTransactions blocking;

	private final Beginning beginning;

	ReactiveTransactions(CacheTransactions blocking, Beginning beginning) {
		this.blocking = blocking;
		this.beginning = beginning;
	}

	/**
	 * Do something within the transaction of a subscriber.
	 */
	static void within(@Nullable TransactionContext context, Runnable work) {
		used = true;
		TransactionContext before = CONTEXT.get();
		CONTEXT.set(context);
		try {
			work.run();
		}
		finally {
			CONTEXT.set(before);
		}
	}

	static @Nullable TransactionContext context() {
		return used ? CONTEXT.get() : null;
	}

	@Override
	@Nullable OpenTransaction current() {
		TransactionContext context = context();
		return (context != null) ? (OpenTransaction) new TransactionSynchronizationManager(context).getResource(this)
				: this.blocking.current();
	}

	@Override
	public @Nullable OpenTransaction open() {
		TransactionContext context = context();
		return (context != null) ? open(new TransactionSynchronizationManager(context)) : this.blocking.open();
	}

	private @Nullable OpenTransaction open(TransactionSynchronizationManager transaction) {
		if (!transaction.isSynchronizationActive() || !transaction.isActualTransactionActive()) {
			return null;
		}
		OpenTransaction current = (OpenTransaction) transaction.getResource(this);
		if (current != null) {
			return current;
		}
		TransactionTraits traits = TransactionTraits.of(false, transaction.isCurrentTransactionReadOnly(),
				transaction.getCurrentTransactionIsolationLevel());
		if (!traits.writes() && traits.current()) {
			return null;
		}
		OpenTransaction begun = this.beginning.begin(traits);
		transaction.registerSynchronization(new Course(transaction, begun));
		transaction.bindResource(this, begun);
		return begun;
	}

	/**
	 * Ties what is to be done to the course of a transaction, without holding a thread.
	 */
	private final class Course implements TransactionSynchronization {

		private final TransactionSynchronizationManager bound;

		private final OpenTransaction transaction;

		Course(TransactionSynchronizationManager bound, OpenTransaction transaction) {
			this.bound = bound;
			this.transaction = transaction;
		}

		@Override
		public Mono<Void> suspend() {
			return Mono.fromRunnable(() -> this.bound.unbindResourceIfPossible(ReactiveTransactions.this));
		}

		@Override
		public Mono<Void> resume() {
			return Mono.fromRunnable(() -> this.bound.bindResource(ReactiveTransactions.this, this.transaction));
		}

		@Override
		public Mono<Void> beforeCommit(boolean readOnly) {
			return later(() -> this.transaction.fence().runLater());
		}

		@Override
		public Mono<Void> afterCommit() {
			return later(() -> this.transaction.isOpen() ? commit() : CompletableFuture.completedFuture(null));
		}

		private CompletableFuture<@Nullable Void> commit() {
			boolean awaited = this.transaction.isAwaited();
			CompletableFuture<@Nullable Void> sent = this.transaction.commit()
				.runLater()
				.whenComplete((done, ex) -> this.transaction.fill());
			return awaited ? sent : CompletableFuture.completedFuture(null);
		}

		@Override
		public Mono<Void> afterCompletion(int status) {
			Mono<Void> rest = Mono.empty();
			if (status == STATUS_COMMITTED) {
				rest = afterCommit();
			}
			else if (status == STATUS_ROLLED_BACK) {
				rest = later(() -> this.transaction.rollBack().runLater());
			}
			return rest.doFinally((signal) -> {
				this.transaction.end();
				this.bound.unbindResourceIfPossible(ReactiveTransactions.this);
			});
		}

		/**
		 * Go on on a thread that is not that of the reply, which nobody may hold up.
		 */
		private static Mono<Void> later(Supplier<CompletableFuture<@Nullable Void>> work) {
			return Mono.fromFuture(work).publishOn(Schedulers.parallel()).then();
		}

	}

}
