package io.redispatterns.write.behind.queue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * A change as it waits: which row it is, and what the row is to be.
 *
 * @param sequence number of the change; those of a key only rise
 * @param announced whether no cache holds what was before the change
 * @param key what identifies the row
 * @param row the bytes of the row, {@code null} when it is deleted
 */
public record QueuedChange(long sequence, boolean announced, Object key, @Nullable ByteBuffer row) {

	static final byte ROW = 'V';

	static final byte DELETION = 'D';

	/**
	 * Bytes that are no change, which somebody else has written.
	 */
	private static final ByteBuffer UNREADABLE = ByteBuffer.allocate(0);

	/**
	 * Read a change. Of bytes that are none one is made whose row cannot be read.
	 */
	static QueuedChange read(ByteBuffer bytes) {
		try {
			return readSound(bytes.duplicate());
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return new QueuedChange(0, true, "", UNREADABLE);
		}
	}

	private static QueuedChange readSound(ByteBuffer bytes) {
		long sequence = bytes.getLong();
		bytes.getLong();
		boolean announced = bytes.get() != 0;
		int length = bytes.getInt();
		if (length < 1 || length > bytes.remaining()) {
			throw new IllegalArgumentException("A key of %d bytes".formatted(length));
		}
		byte[] key = new byte[length];
		bytes.get(key);
		byte kind = bytes.get();
		if (kind != ROW && kind != DELETION) {
			throw new IllegalArgumentException("Neither a row nor a deletion");
		}
		return new QueuedChange(sequence, announced, QueueKey.read(new String(key, StandardCharsets.UTF_8)),
				(kind == ROW) ? bytes.slice() : null);
	}

	static byte[] payload(byte @Nullable [] row) {
		byte[] payload = new byte[(row != null) ? row.length + 1 : 1];
		payload[0] = (row != null) ? ROW : DELETION;
		if (row != null) {
			System.arraycopy(row, 0, payload, 1, row.length);
		}
		return payload;
	}

	/**
	 * The row.
	 * @param codec what has written it
	 * @return the row, {@code null} when it is deleted
	 * @throws UnreadableValueException when it cannot be read
	 */
	public @Nullable Object decode(ValueCodec codec) {
		if (this.row == UNREADABLE) {
			throw new UnreadableValueException("A queue", 0, "they are no change");
		}
		return (this.row != null)
				? codec.decode(this.row.array(), this.row.arrayOffset() + this.row.position(), this.row.remaining())
				: null;
	}

}
