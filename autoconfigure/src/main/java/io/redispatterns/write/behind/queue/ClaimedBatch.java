package io.redispatterns.write.behind.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch that one owner holds.
 *
 * @param first position of its first change
 * @param last position of its last change
 * @param tries how often it was claimed, this time counted
 * @param changes the changes, in the order in which they were accepted
 */
public record ClaimedBatch(long first, long last, int tries, List<QueuedChange> changes) {

	static ClaimedBatch read(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		long first = buffer.getLong();
		long last = buffer.getLong();
		int tries = buffer.getInt();
		List<QueuedChange> changes = new ArrayList<>();
		while (buffer.hasRemaining()) {
			int length = buffer.getInt();
			changes.add(QueuedChange.read(buffer.slice(buffer.position(), length)));
			buffer.position(buffer.position() + length);
		}
		return new ClaimedBatch(first, last, tries, changes);
	}

	/**
	 * What tells this batch from all others of its queue: the same for who takes it over.
	 * @return the id
	 */
	public String id() {
		return this.first + "-" + this.last;
	}

}
