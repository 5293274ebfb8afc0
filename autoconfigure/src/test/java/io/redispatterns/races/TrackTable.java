package io.redispatterns.races;

import java.util.function.Consumer;

import io.redispatterns.races.Event.Kind;

import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rows as one node sees them, and what holds it up there.
 */
class TrackTable {

	private final JdbcClient database;

	private final Pauses pauses;

	private final int node;

	private final Consumer<Event> history;

	TrackTable(JdbcClient database, Pauses pauses, int node, Consumer<Event> history) {
		this.database = database;
		this.pauses = pauses;
		this.node = node;
		this.history = history;
	}

	/**
	 * What a loader does: a pause behind the query makes a value old.
	 */
	Track load(int id) {
		long begin = System.nanoTime();
		Track track = read(id);
		this.pauses.inLoader();
		this.history.accept(Event.of(Kind.LOADED, this.node, track, begin, System.nanoTime()));
		return track;
	}

	Track read(int id) {
		return this.database.sql("select id, version, stamp from track where id = ?")
			.param(id)
			.query((row, number) -> new Track(row.getInt(1), row.getLong(2), row.getLong(3)))
			.single();
	}

	/**
	 * Change a row, which its transaction holds from then on.
	 */
	Track change(int id, Write write) {
		this.database.sql("update track set version = version + 1, stamp = ? where id = ?")
			.param(write.stamp())
			.param(id)
			.update();
		return read(id);
	}

	/**
	 * Let the transaction of a change come to its end.
	 */
	void end(Track track, Write write) {
		TransactionSynchronizationManager.registerSynchronization(new End(write));
		this.pauses.beforeCommit();
		long now = System.nanoTime();
		this.history.accept(Event.of(Kind.WRITTEN, this.node, track, now, now));
		if (write.end() == Write.End.ROLLBACK) {
			throw new Write.RolledBackException();
		}
	}

	/**
	 * Comes between the commit and the cache.
	 */
	private final class End implements TransactionSynchronization {

		private final Write write;

		private End(Write write) {
			this.write = write;
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void afterCommit() {
			if (this.write.end() == Write.End.CRASH) {
				Runtime.getRuntime().halt(RaceProcess.CRASHED);
			}
			TrackTable.this.pauses.afterCommit();
		}

	}

}
