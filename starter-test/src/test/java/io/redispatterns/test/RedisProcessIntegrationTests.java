package io.redispatterns.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

import io.redispatterns.test.source.ServerSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RedisProcessIntegrationTests {

	@Test
	void takesAnotherPortWhenTheFirstIsTaken() throws IOException {
		try (ServerSocket rival = new ServerSocket()) {
			ServerSource crowded = (arguments) -> {
				if (!rival.isBound()) {
					rival.bind(new InetSocketAddress(Endpoint.HOST, port(arguments)));
				}
				return ServerSource.current().supervise(arguments);
			};
			RedisProcess process = RedisProcess.start(crowded, List.of(), false);
			assertThat(rival.isBound()).isTrue();
			assertThat(process.port()).isNotEqualTo(rival.getLocalPort());
			assertThat(process.command("PING")).isEqualTo("PONG");
			process.close();
		}
	}

	@Test
	void saysAtOnceWhatIsWrongWithArguments() {
		assertThatIllegalArgumentException().isThrownBy(() -> RedisProcess.start(List.of("--maxmemory", "much"), false))
			.withMessageStartingWith("redis-server refuses its arguments: ")
			.withMessageContaining("maxmemory");
	}

	@Test
	void returnsFromRestartWhenDataIsLoaded() {
		RedisProcess process = RedisProcess
			.start(List.of("--appendonly", "yes", "--rdbcompression", "no", "--key-load-delay", "100"), false);
		process.command("DEBUG", "POPULATE", "5000", "key", "1000");
		process.command("BGREWRITEAOF");
		Wait.until(() -> process.info("persistence").get("aof_rewrite_in_progress").equals("0"),
				() -> "Still rewriting");
		process.restart();
		assertThat(process.command("DBSIZE")).isEqualTo(5000L);
		process.close();
	}

	private static int port(List<String> arguments) {
		return Integer.parseInt(arguments.get(arguments.indexOf("--port") + 1));
	}

}
