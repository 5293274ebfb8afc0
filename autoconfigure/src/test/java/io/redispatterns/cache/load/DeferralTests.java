package io.redispatterns.cache.load;

import java.util.ArrayList;
import java.util.List;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Deferral}.
 */
class DeferralTests {

	private final Deferral deferral = Deferral.of(true);

	private final List<String> written = new ArrayList<>();

	@AfterEach
	void end() {
		TransactionSynchronizationManager.clear();
	}

	@Test
	void writesAtOnceOutsideATransaction() {
		assertThat(this.deferral.isActive()).isFalse();
		write("a");
		assertThat(this.written).containsExactly("a");
	}

	@Test
	void writesAtOnceWhenTransactionsAreIgnored() {
		begin();
		Deferral none = Deferral.of(false);
		assertThat(none.isActive()).isFalse();
		none.run(() -> this.written.add("a"));
		assertThat(this.written).containsExactly("a");
	}

	@Test
	void writesInTheirOrderAfterTheCommit() {
		begin();
		assertThat(this.deferral.isActive()).isTrue();
		write("a");
		write("b");
		assertThat(this.written).isEmpty();
		TransactionSynchronizationUtils.triggerAfterCommit();
		TransactionSynchronizationUtils.triggerAfterCompletion(TransactionSynchronization.STATUS_COMMITTED);
		assertThat(this.written).containsExactly("a", "b");
	}

	@Test
	void writesNothingAfterARollbackOrAnUnknownEnd() {
		begin();
		write("a");
		TransactionSynchronizationUtils.triggerAfterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK);
		TransactionSynchronizationUtils.triggerAfterCompletion(TransactionSynchronization.STATUS_UNKNOWN);
		assertThat(this.written).isEmpty();
	}

	@Test
	void writesAtTheCompletionWhatCameTooLateForTheCommit() {
		begin();
		this.deferral.run(() -> write("late"));
		TransactionSynchronizationUtils.triggerAfterCommit();
		assertThat(this.written).isEmpty();
		TransactionSynchronizationUtils.triggerAfterCompletion(TransactionSynchronization.STATUS_COMMITTED);
		assertThat(this.written).containsExactly("late");
	}

	@Test
	void doesNotTellTheTransactionThatRedisFailed() {
		begin();
		this.deferral.run(() -> {
			throw new RedisFailureException(Kind.AWAY, "expected", null);
		});
		write("b");
		assertThatNoException().isThrownBy(TransactionSynchronizationUtils::triggerAfterCommit);
		assertThat(this.written).containsExactly("b");
	}

	@Test
	void forgetsWhatWasRolledBackToASavepoint() {
		begin();
		write("before");
		TransactionSynchronizationManager.getSynchronizations().forEach((each) -> each.savepoint("outer"));
		write("outer");
		TransactionSynchronizationManager.getSynchronizations().forEach((each) -> each.savepoint("inner"));
		write("inner");
		TransactionSynchronizationManager.getSynchronizations().forEach((each) -> each.savepointRollback("inner"));
		TransactionSynchronizationUtils.triggerAfterCommit();
		assertThat(this.written).containsExactly("before", "outer");
	}

	private static void begin() {
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
	}

	private void write(String name) {
		this.deferral.run(() -> this.written.add(name));
	}

}
