package io.redispatterns.test.proxy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionDetectorTests {

	private final SubscriptionDetector detector = new SubscriptionDetector();

	@ParameterizedTest
	@ValueSource(strings = { "subscribe", "SUBSCRIBE", "psubscribe", "SSubscribe" })
	void findsSubscriptionByteByByte(String command) {
		String frame = "*1\r\n$4\r\nPING\r\n*2\r\n$%d\r\n%s\r\n$1\r\na\r\n".formatted(command.length(), command);
		frame.chars().forEach((c) -> read(String.valueOf((char) c)));
		assertThat(this.detector.found()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "unsubscribe", "punsubscribe", "get" })
	void overlooksOtherCommands(String command) {
		read("*2\r\n$%d\r\n%s\r\n$1\r\na\r\n".formatted(command.length(), command));
		assertThat(this.detector.found()).isFalse();
	}

	@Test
	void overlooksWordThatIsPartOfValue() {
		read("*2\r\n$4\r\nPING\r\n$15\r\nplease subscribe\r\n");
		assertThat(this.detector.found()).isFalse();
	}

	private void read(String text) {
		this.detector.read(text.getBytes(StandardCharsets.ISO_8859_1));
	}

}
