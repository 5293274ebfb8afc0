package io.redispatterns.invalidation.message;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What nodes send each other, with numbers in big endian order. <pre>
 * format 01 | operation, a letter | publisher, 8 bytes | round, 4 bytes | number in it, 4 bytes
 *     | time, 8 bytes | length of the cache's name, 2 bytes | cache, UTF-8 | subject
 * </pre>
 *
 * @param operation letter of what was done
 * @param publisher who tells it
 * @param sequence the round in the upper half, the number in it in the lower; 0 for one
 * that is not counted
 * @param micros the time of the server in microseconds, 0 when it is not known
 * @param cache name of the cache, empty when it is about none
 * @param subject key or tag, or what the operation wants
 */
public record InvalidationMessage(byte operation, long publisher, long sequence, long micros, String cache,
		byte[] subject) {

	/**
	 * What a node sends to itself.
	 */
	public static final byte BEAT = 'h';

	/**
	 * How many messages a node has sent.
	 */
	public static final byte COUNT = 'n';

	private static final byte FORMAT = 1;

	private static final int FIXED = 28;

	/**
	 * Write the message.
	 * @return the bytes
	 */
	public byte[] encode() {
		byte[] name = this.cache.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(FIXED + name.length + this.subject.length)
			.put(FORMAT)
			.put(this.operation)
			.putLong(this.publisher)
			.putLong(this.sequence)
			.putLong(this.micros)
			.putShort((short) name.length)
			.put(name)
			.put(this.subject)
			.array();
	}

	/**
	 * Read a message.
	 * @param bytes the bytes
	 * @return the message, {@code null} for anything that is not one
	 */
	public static @Nullable InvalidationMessage decode(byte[] bytes) {
		if (bytes.length < FIXED || bytes[0] != FORMAT) {
			return null;
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
		try {
			byte operation = buffer.get();
			long publisher = buffer.getLong();
			long sequence = buffer.getLong();
			long micros = buffer.getLong();
			byte[] name = new byte[buffer.getShort() & 0xFFFF];
			buffer.get(name);
			byte[] subject = new byte[buffer.remaining()];
			buffer.get(subject);
			return new InvalidationMessage(operation, publisher, sequence, micros,
					new String(name, StandardCharsets.UTF_8), subject);
		}
		catch (BufferUnderflowException ex) {
			return null;
		}
	}

	int round() {
		return (int) (this.sequence >>> 32);
	}

}
