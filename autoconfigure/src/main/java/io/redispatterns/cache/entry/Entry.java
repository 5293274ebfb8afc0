package io.redispatterns.cache.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

import io.redispatterns.cache.value.EntryHeader;

/**
 * The stored form of a cached value: a header of fifteen bytes, the tags, the value.
 * <pre>
 * magic C5 | format 01 | flags | stamp, 8 bytes | sum, 4 bytes
 *     | [version, 8 bytes] | [expiry, 8 bytes | load, 4 bytes] | [count | (length, 2 bytes | tag)*] | value
 * </pre> Numbers are big endian. Flag 1 is a cached {@code null}, without version, tags
 * and a value; flag 2 says that there are tags, 4 a version, 8 times. The sum is the
 * CRC-32C of everything else, so that a damaged entry is not taken for a value.
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

	private static final byte FORMAT = 1;

	private static final int NULL = 1;

	private static final int TAGGED = 2;

	private static final int VERSIONED = 4;

	private static final int TIMED = 8;

	private static final int SUM = 11;

	private static final int HEADER = 15;

	/**
	 * Build the stored form.
	 */
	static byte[] encode(WrittenValue written, long stamp, Times times) {
		byte[] value = written.bytes();
		Long version = written.version();
		List<byte[]> tags = written.tags().isEmpty() ? List.of() : utf8(written.tags());
		int flags = ((value != null) ? 0 : NULL) | (tags.isEmpty() ? 0 : TAGGED) | ((version != null) ? VERSIONED : 0)
				| ((times != Times.UNKNOWN) ? TIMED : 0);
		int size = fixed(flags) + ((value != null) ? value.length : 0);
		size += tags.isEmpty() ? 0 : 1 + tags.stream().mapToInt((tag) -> 2 + tag.length).sum();
		ByteBuffer buffer = ByteBuffer.allocate(size);
		buffer.put(MAGIC).put(FORMAT).put((byte) flags).putLong(stamp).putInt(0);
		if (version != null) {
			buffer.putLong(version);
		}
		if (times != Times.UNKNOWN) {
			buffer.putLong(times.expiry()).putInt(times.load());
		}
		if (!tags.isEmpty()) {
			buffer.put((byte) tags.size());
			tags.forEach((tag) -> buffer.putShort((short) tag.length).put(tag));
		}
		if (value != null) {
			buffer.put(value);
		}
		return sealed(buffer.array());
	}

	private static List<byte[]> utf8(Set<String> tags) {
		return tags.stream().map((tag) -> tag.getBytes(StandardCharsets.UTF_8)).toList();
	}

	private static int fixed(int flags) {
		return HEADER + (((flags & VERSIONED) != 0) ? 8 : 0) + (((flags & TIMED) != 0) ? 12 : 0);
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
		if (bytes.length < HEADER || bytes[0] != MAGIC || bytes[1] != FORMAT || !isOneOfItsOwn(bytes)
				|| (int) INT.get(bytes, SUM) != sum(bytes)) {
			return FOREIGN;
		}
		long stamp = (long) LONG.get(bytes, 3);
		if ((bytes[2] & TAGGED) == 0) {
			return new Entry(bytes, stamp, List.of(), fixed(bytes[2]));
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		try {
			buffer.position(fixed(bytes[2]));
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
	 * Whether the flags are known ones and fit: a cached null has nothing but times.
	 */
	private static boolean isOneOfItsOwn(byte[] bytes) {
		int flags = bytes[2];
		boolean isNull = (flags & NULL) != 0;
		return (flags & ~(NULL | TAGGED | VERSIONED | TIMED)) == 0 && bytes.length >= fixed(flags)
				&& (!isNull || ((flags & ~TIMED) == NULL && bytes.length == fixed(flags)));
	}

	/**
	 * When the value expires, if that is known.
	 */
	Times times() {
		if ((this.bytes[2] & TIMED) == 0) {
			return Times.UNKNOWN;
		}
		int begin = fixed(this.bytes[2]) - 12;
		return new Times((long) LONG.get(this.bytes, begin), (int) INT.get(this.bytes, begin + 8));
	}

	/**
	 * What is told of it.
	 * @param length length of its bytes, foreign or not
	 * @param valid whether it is served
	 */
	EntryHeader header(int length, boolean valid) {
		if (this == FOREIGN) {
			return new EntryHeader(length, false, null, null, null, List.of());
		}
		Long version = ((this.bytes[2] & VERSIONED) != 0) ? (long) LONG.get(this.bytes, HEADER) : null;
		Times times = times();
		return new EntryHeader(length, valid, this.stamp, version,
				(times != Times.UNKNOWN) ? Instant.ofEpochMilli(times.expiry()) : null, this.tags);
	}

	boolean isNull() {
		return (this.bytes[2] & NULL) != 0;
	}

	int length() {
		return this.bytes.length - this.offset;
	}

	/**
	 * The times of a value.
	 *
	 * @param expiry when it expires, in milliseconds on the server's clock
	 * @param load how long its load took, in milliseconds; 0 when it was not loaded
	 */
	record Times(long expiry, int load) {

		static final Times UNKNOWN = new Times(0, 0);

	}

}
