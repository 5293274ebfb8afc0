package io.redispatterns.codec.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Bytes of a value that is being written, which never grow beyond a bound.
 */
final class ValueBytes extends OutputStream {

	/**
	 * How much larger than the limit of a codec its JSON may be before compression.
	 */
	static final int RAW_FACTOR = 8;

	private final long bound;

	private byte[] bytes;

	private int size;

	private long refused;

	ValueBytes(long bound, int capacity) {
		this.bound = Math.min(bound, Integer.MAX_VALUE - 16);
		this.bytes = new byte[(int) Math.min(this.bound, capacity)];
	}

	@Override
	public void write(int b) {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] source, int offset, int length) {
		if (this.refused > 0 || length > this.bound - this.size) {
			this.refused = Math.max(this.refused, (long) this.size + length);
			throw new IllegalStateException("Value exceeds its bound");
		}
		if (length > this.bytes.length - this.size) {
			long capacity = Math.max(this.bytes.length * 2L, this.size + (long) length);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(this.bound, capacity));
		}
		System.arraycopy(source, offset, this.bytes, this.size, length);
		this.size += length;
	}

	/**
	 * Return the size that was refused, or zero.
	 */
	long refused() {
		return this.refused;
	}

	int size() {
		return this.size;
	}

	/**
	 * Return the bytes, for which nothing may be written after them.
	 */
	byte[] toByteArray() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

	/**
	 * Return a copy with everything behind the header as a zlib stream and the mark
	 * changed, or this if that does not save a tenth.
	 */
	ValueBytes compressed(int header, byte mark) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			ValueBytes result = new ValueBytes(this.size - this.size / 10, this.size);
			result.write(this.bytes, 0, header);
			result.bytes[0] = mark;
			deflater.setInput(this.bytes, header, this.size - header);
			deflater.finish();
			while (!deflater.finished()) {
				int count = deflater.deflate(result.bytes, result.size, result.bytes.length - result.size);
				if (count == 0) {
					return this;
				}
				result.size += count;
			}
			return result;
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * A stream that fails rather than deliver more than its bound.
	 */
	static final class Bounded extends FilterInputStream {

		private long left;

		Bounded(InputStream source, long bound) {
			super(source);
			this.left = bound;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int count = super.read(target, offset, length);
			this.left -= Math.max(count, 0);
			if (this.left < 0) {
				throw new IOException("Stream exceeds its bound");
			}
			return count;
		}

	}

}
