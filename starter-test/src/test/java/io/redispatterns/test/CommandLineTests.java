package io.redispatterns.test;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTests {

	@Test
	void letsAdditionsPrevail() {
		List<String> arguments = CommandLine.of(1234, List.of("--save", "1 1"));
		assertThat(arguments).containsSubsequence("redis.conf", "--port", "1234", "--save", "", "--save", "1 1");
		assertThat(arguments).doesNotContain("--masterauth");
	}

	@Test
	void givesPasswordToReplicas() {
		List<String> arguments = CommandLine.of(1234, List.of("--requirepass", "secret"));
		assertThat(arguments).containsSubsequence("--masterauth", "secret", "--requirepass", "secret");
	}

}
