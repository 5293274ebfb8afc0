package io.redispatterns;

import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.AbstractReactiveTransactionManager;
import org.springframework.transaction.reactive.GenericReactiveTransaction;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;

/**
 * Transactions of nothing that are bound to subscribers, with the synchronizations of all
 * and a commit that can be watched.
 */
public final class ReactiveTransactions extends AbstractReactiveTransactionManager {

	/** Runs with each commit. */
	public static final AtomicReference<Runnable> atCommit = new AtomicReference<>(() -> {
	});

	@Override
	protected Object doGetTransaction(TransactionSynchronizationManager manager) {
		Object current = manager.getResource(ReactiveTransactions.class);
		return (current != null) ? current : new AtomicReference<>();
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return ((AtomicReference<?>) transaction).get() != null;
	}

	@Override
	@SuppressWarnings("unchecked")
	protected Mono<Void> doBegin(TransactionSynchronizationManager manager, Object transaction,
			TransactionDefinition definition) {
		return Mono.fromRunnable(() -> {
			((AtomicReference<Object>) transaction).set("begun");
			manager.bindResource(ReactiveTransactions.class, transaction);
		});
	}

	@Override
	protected Mono<Void> doCommit(TransactionSynchronizationManager manager, GenericReactiveTransaction status) {
		return Mono.fromRunnable(() -> atCommit.get().run()).subscribeOn(Schedulers.boundedElastic()).then();
	}

	@Override
	protected Mono<Void> doRollback(TransactionSynchronizationManager manager, GenericReactiveTransaction status) {
		return Mono.empty();
	}

	@Override
	protected Mono<Void> doSetRollbackOnly(TransactionSynchronizationManager manager,
			GenericReactiveTransaction status) {
		return Mono.empty();
	}

	@Override
	protected Mono<Void> doCleanupAfterCompletion(TransactionSynchronizationManager manager, Object transaction) {
		return Mono.fromRunnable(() -> manager.unbindResourceIfPossible(ReactiveTransactions.class));
	}

}
