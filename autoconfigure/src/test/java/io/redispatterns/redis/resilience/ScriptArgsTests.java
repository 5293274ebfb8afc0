package io.redispatterns.redis.resilience;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptArgsTests {

	private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 9, 10, 11, 100 })
	void areWrittenAsTheClientWritesThem(int count) {
		byte[][] keys = strings(count);
		byte[][] arguments = strings(count + 1);
		CommandArgs<byte[], byte[]> usual = new CommandArgs<>(CODEC).add("return 'ä'").add(count).addKeys(keys);
		for (byte[] argument : arguments) {
			usual.add(argument);
		}
		ScriptArgs args = new ScriptArgs("return 'ä'", keys, arguments);
		assertThat(encoded(args)).isEqualTo(encoded(usual));
		assertThat(args.getFirstEncodedKey()).isEqualTo(usual.getFirstEncodedKey());
	}

	@Test
	void tellNothingOfKeysAndValues() {
		ScriptArgs args = new ScriptArgs("digest", strings(3), strings(5));
		assertThat(args).hasToString("3 keys, 5 arguments");
		assertThat(command(args).toString()).doesNotContain("xx");
	}

	private static byte[][] strings(int count) {
		return IntStream.range(0, count)
			.mapToObj((length) -> "x".repeat(length * 3).getBytes(StandardCharsets.US_ASCII))
			.toArray(byte[][]::new);
	}

	private static byte[] encoded(CommandArgs<byte[], byte[]> args) {
		ByteBuf buffer = Unpooled.buffer();
		command(args).encode(buffer);
		return ByteBufUtil.getBytes(buffer);
	}

	private static Command<byte[], byte[], Long> command(CommandArgs<byte[], byte[]> args) {
		return new Command<>(CommandType.EVALSHA, new IntegerOutput<>(CODEC), args);
	}

}
