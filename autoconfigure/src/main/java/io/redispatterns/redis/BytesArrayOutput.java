package io.redispatterns.redis;

import java.nio.ByteBuffer;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import org.jspecify.annotations.Nullable;

/**
 * Reply of a known number of strings, read into an array without a list between.
 */
final class BytesArrayOutput extends CommandOutput<byte[], byte[], @Nullable byte[][]> {

	private int index;

	BytesArrayOutput(int size) {
		super(ByteArrayCodec.INSTANCE, new byte[size][]);
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		if (bytes != null && this.index < this.output.length) {
			byte[] value = new byte[bytes.remaining()];
			bytes.get(value);
			this.output[this.index] = value;
		}
		this.index++;
	}

}
