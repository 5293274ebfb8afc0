package io.redispatterns.write.behind.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Failures that say nothing about the rows: what they were written to is away, busy, or
 * has chosen another transaction. A batch that fails by one is kept whole and tried again
 * for as long as it lasts.
 */
public final class FlushOutages {

	/**
	 * Of Spring's transactions, which need not be there.
	 */
	private static final Set<String> OF_SPRING = Set.of("org.springframework.dao.TransientDataAccessException",
			"org.springframework.dao.DataAccessResourceFailureException",
			"org.springframework.transaction.CannotCreateTransactionException");

	/**
	 * Of the rows, though they look like those of the way to the database: that a row was
	 * changed by another comes again with each attempt, and so does what cannot be
	 * written.
	 */
	private static final Set<String> OF_ROWS = Set.of("org.springframework.dao.OptimisticLockingFailureException",
			"java.nio.charset.CharacterCodingException", "java.io.ObjectStreamException");

	/**
	 * Connection, transaction rolled back, resources, intervention of an operator.
	 */
	private static final Set<String> STATES = Set.of("08", "40", "53", "57");

	/**
	 * Rolled back as a constraint does not hold at the commit.
	 */
	private static final String CONSTRAINT = "40002";

	private FlushOutages() {
	}

	/**
	 * Whether a failure is an outage.
	 * @param failure what was thrown
	 * @return {@code false} when the rows may be what is wrong
	 */
	public static boolean contain(@Nullable Throwable failure) {
		return Failures.find(failure, FlushOutages::isOutage) != null;
	}

	private static boolean isOutage(Throwable failure) {
		if (failure instanceof SQLException sql) {
			String state = sql.getSQLState();
			return !CONSTRAINT.equals(state) && (sql instanceof SQLTransientException
					|| sql instanceof SQLRecoverableException || sql instanceof SQLNonTransientConnectionException
					|| (state != null && state.length() == 5 && STATES.contains(state.substring(0, 2))));
		}
		if (isOf(OF_ROWS, failure.getClass())) {
			return false;
		}
		return failure instanceof IOException || failure instanceof TimeoutException
				|| failure instanceof InterruptedException || failure instanceof RedisFailureException
				|| isOf(OF_SPRING, failure.getClass());
	}

	private static boolean isOf(Set<String> names, @Nullable Class<?> type) {
		return type != null && (names.contains(ClassUtils.getQualifiedName(type)) || isOf(names, type.getSuperclass()));
	}

}
