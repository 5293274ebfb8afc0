package io.redispatterns.write.behind.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

	static QueuedChange read(ByteBuffer bytes) {
		long sequence = bytes.getLong();
		bytes.getLong();
		boolean announced = bytes.get() != 0;
		byte[] key = new byte[bytes.getInt()];
		bytes.get(key);
		boolean deletion = bytes.get() == DELETION;
		return new QueuedChange(sequence, announced, QueueKey.read(new String(key, StandardCharsets.UTF_8)),
				deletion ? null : bytes.slice());
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
	 * @throws io.redispatterns.codec.UnreadableValueException when it cannot be read
	 */
	public @Nullable Object decode(ValueCodec codec) {
		return (this.row != null)
				? codec.decode(this.row.array(), this.row.arrayOffset() + this.row.position(), this.row.remaining())
				: null;
	}

}
