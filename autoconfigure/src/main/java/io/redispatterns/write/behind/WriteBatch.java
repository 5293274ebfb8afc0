package io.redispatterns.write.behind;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Changes to write, in the order in which they were accepted. A batch never holds both a
 * row and a deletion of one key.
 *
 * @param <T> type of the rows
 * @param id the same whenever the same changes come again, also on another node
 * @param attempt how often the batch has come, beginning with 1
 * @param changes the changes
 */
public record WriteBatch<T>(String id, int attempt, List<Change<T>> changes) {

	/**
	 * The rows to write; without coalescing, of a key the last is the one that counts.
	 * @return the rows that are not deleted
	 */
	public List<T> rows() {
		return this.changes.stream().filter((change) -> !change.isDelete()).map(Change::required).toList();
	}

	/**
	 * The keys of the rows to delete.
	 * @return the keys
	 */
	public List<Object> deletedKeys() {
		return this.changes.stream().filter(Change::isDelete).map(Change::key).toList();
	}

	/**
	 * A row, or its deletion.
	 *
	 * @param <T> type of the row
	 * @param key what identifies the row: a String, Integer, Long or UUID
	 * @param row the row, {@code null} when it is deleted
	 * @param sequence a number that only rises, also when Redis has lost the queue:
	 * {@code where sequence < ?} makes a repeated or belated write harmless
	 */
	public record Change<T>(Object key, @Nullable T row, long sequence) {

		/**
		 * Whether the row is deleted.
		 * @return {@code true} for a deletion
		 */
		public boolean isDelete() {
			return this.row == null;
		}

		private T required() {
			return Objects.requireNonNull(this.row);
		}

	}

}
