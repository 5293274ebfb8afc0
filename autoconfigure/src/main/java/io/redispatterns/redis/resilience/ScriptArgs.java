package io.redispatterns.redis.resilience;

import java.nio.ByteBuffer;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a script on their way to the server: written as they are, without an
 * object for each. Their text form, which ends up in messages, tells nothing of them.
 */
final class ScriptArgs extends CommandArgs<byte[], byte[]> {

	private static final int LINE_END = '\r' << 8 | '\n';

	private final String script;

	private final byte[][] keys;

	private final byte[][] arguments;

	/**
	 * Create the arguments.
	 * @param script the digest of the script, or its text
	 */
	ScriptArgs(String script, byte[][] keys, byte[][] arguments) {
		super(ByteArrayCodec.INSTANCE);
		this.script = script;
		this.keys = keys;
		this.arguments = arguments;
	}

	@Override
	public int count() {
		return 2 + this.keys.length + this.arguments.length;
	}

	@Override
	public @Nullable ByteBuffer getFirstEncodedKey() {
		return (this.keys.length > 0) ? ByteBuffer.wrap(this.keys[0]) : null;
	}

	@Override
	public String toCommandString() {
		return "%d keys, %d arguments".formatted(this.keys.length, this.arguments.length);
	}

	@Override
	public String toString() {
		return toCommandString();
	}

	@Override
	public void encode(ByteBuf target) {
		begin(target, ByteBufUtil.utf8Bytes(this.script));
		ByteBufUtil.writeUtf8(target, this.script);
		target.writeShort(LINE_END);
		begin(target, digits(this.keys.length));
		decimal(target, this.keys.length);
		target.writeShort(LINE_END);
		write(target, this.keys);
		write(target, this.arguments);
	}

	private static void write(ByteBuf target, byte[][] strings) {
		for (byte[] string : strings) {
			begin(target, string.length);
			target.writeBytes(string);
			target.writeShort(LINE_END);
		}
	}

	private static void begin(ByteBuf target, int length) {
		target.writeByte('$');
		decimal(target, length);
		target.writeShort(LINE_END);
	}

	private static void decimal(ByteBuf target, int number) {
		if (number >= 10) {
			decimal(target, number / 10);
		}
		target.writeByte('0' + number % 10);
	}

	private static int digits(int number) {
		return (number >= 10) ? 1 + digits(number / 10) : 1;
	}

}
