package io.redispatterns.cache.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * The stored form of a cached value: a header of fifteen bytes, the tags, the value.
 * <pre>
 * magic C5 | version 01 | flags | stamp, 8 bytes | sum, 4 bytes | [count | (length, 2 bytes | tag)*] | value
 * </pre> Numbers are big endian. Flag 1 is a cached {@code null}, without tags and a
 * value; flag 2 says that tags follow. The sum is the CRC-32C of everything else, so that
 * a damaged entry is not taken for a value.
 *
 * @param bytes all of it
 * @param stamp number of the generation in which the load of the value began
 * @param tags the tags
 * @param offset where the value begins; the length of the bytes for a cached null
 */
record Entry(byte[] bytes, long stamp, List<String> tags, int offset) {

	/**
	 * Stands for bytes that are not an entry.
	 */
	static final Entry FOREIGN = new Entry(new byte[0], 0, List.of(), 0);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final byte MAGIC = (byte) 0xC5;

	private static final byte VERSION = 1;

	private static final int NULL = 1;

	private static final int TAGGED = 2;

	private static final int SUM = 11;

	private static final int HEADER = 15;

	/**
	 * Build the stored form.
	 * @param value bytes of the value, {@code null} for a cached null
	 */
	static byte[] encode(byte @Nullable [] value, long stamp, Collection<String> tags) {
		List<byte[]> encoded = tags.stream().map((tag) -> tag.getBytes(StandardCharsets.UTF_8)).toList();
		int size = HEADER + ((value != null) ? value.length : 0);
		size += (encoded.isEmpty()) ? 0 : 1 + encoded.stream().mapToInt((tag) -> 2 + tag.length).sum();
		ByteBuffer buffer = ByteBuffer.allocate(size);
		int flags = ((value != null) ? 0 : NULL) | ((encoded.isEmpty()) ? 0 : TAGGED);
		buffer.put(MAGIC).put(VERSION).put((byte) flags).putLong(stamp).putInt(0);
		if (!encoded.isEmpty()) {
			buffer.put((byte) encoded.size());
			encoded.forEach((tag) -> buffer.putShort((short) tag.length).put(tag));
		}
		if (value != null) {
			buffer.put(value);
		}
		return sealed(buffer.array());
	}

	/**
	 * The same entry in another generation.
	 */
	static byte[] restamp(byte[] bytes, long stamp) {
		byte[] copy = bytes.clone();
		LONG.set(copy, 3, stamp);
		return sealed(copy);
	}

	/**
	 * The same bytes with their sum.
	 */
	static byte[] sealed(byte[] bytes) {
		INT.set(bytes, SUM, sum(bytes));
		return bytes;
	}

	private static int sum(byte[] bytes) {
		CRC32C sum = new CRC32C();
		sum.update(bytes, 0, SUM);
		sum.update(bytes, HEADER, bytes.length - HEADER);
		return (int) sum.getValue();
	}

	/**
	 * Read the stored form.
	 * @return the entry, {@link #FOREIGN} when the bytes are not one
	 */
	static Entry decode(byte[] bytes) {
		if (bytes.length < HEADER || bytes[0] != MAGIC || bytes[1] != VERSION || !isOneOfItsOwn(bytes)
				|| (int) INT.get(bytes, SUM) != sum(bytes)) {
			return FOREIGN;
		}
		long stamp = (long) LONG.get(bytes, 3);
		if ((bytes[2] & TAGGED) == 0) {
			return new Entry(bytes, stamp, List.of(), HEADER);
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		try {
			buffer.position(HEADER);
			int count = buffer.get() & 0xFF;
			List<String> tags = new ArrayList<>(count);
			for (int i = 0; i < count; i++) {
				byte[] tag = new byte[buffer.getShort() & 0xFFFF];
				buffer.get(tag);
				tags.add(new String(tag, StandardCharsets.UTF_8));
			}
			return new Entry(bytes, stamp, tags, buffer.position());
		}
		catch (BufferUnderflowException ex) {
			return FOREIGN;
		}
	}

	/**
	 * Whether the flags are known ones and fit: a cached null has neither value nor tags.
	 */
	private static boolean isOneOfItsOwn(byte[] bytes) {
		return switch (bytes[2]) {
			case 0, TAGGED -> true;
			case NULL -> bytes.length == HEADER;
			default -> false;
		};
	}

	boolean isNull() {
		return (this.bytes[2] & NULL) != 0;
	}

	int length() {
		return this.bytes.length - this.offset;
	}

}
