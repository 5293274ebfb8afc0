package io.redispatterns.test;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortsTests {

	@Test
	void choosesPortsBelowThoseOfOutgoingConnections() {
		Set<Integer> ports = Stream.generate(Ports::random).limit(50).collect(Collectors.toSet());
		assertThat(ports).hasSizeGreaterThan(40).allMatch((port) -> port >= 11_000 && port + 10_000 < 32_768);
	}

}
