package io.redispatterns.write.behind.queue;

import java.io.InvalidObjectException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.MalformedInputException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

class FlushOutagesTests {

	static List<Throwable> outages() {
		return List.of(new IllegalStateException(new ConnectException()),
				new UncheckedIOException(new ConnectException()), new SQLTransientConnectionException(),
				new SQLNonTransientConnectionException(), new SQLException("gone", "08006"),
				new SQLException("deadlock", "40001"), new PessimisticLockingFailureException("deadlock"),
				new SQLException("shutdown", "57P01"), new QueryTimeoutException("slow"),
				new DataAccessResourceFailureException("away"), new CannotCreateTransactionException("away"));
	}

	static List<Throwable> faults() {
		return List.of(new NullPointerException(), new SQLIntegrityConstraintViolationException("twice", "23505"),
				new SQLException("too long", "22001"), new SQLException("no state"),
				new DataIntegrityViolationException("twice"), new SQLTransactionRollbackException("twice", "40002"),
				new OptimisticLockingFailureException("changed by another"), new MalformedInputException(1),
				new InvalidObjectException("no row"));
	}

	@ParameterizedTest
	@MethodSource("outages")
	void knowsAnOutage(Throwable failure) {
		assertThat(FlushOutages.contain(failure)).isTrue();
		assertThat(FlushOutages.contain(new IllegalStateException(failure))).isTrue();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void blamesTheRowsForAnythingElse(Throwable failure) {
		assertThat(FlushOutages.contain(failure)).isFalse();
		assertThat(FlushOutages.contain(new IllegalStateException(failure))).isFalse();
	}

}
