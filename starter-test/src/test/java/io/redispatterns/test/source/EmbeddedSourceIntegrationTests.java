package io.redispatterns.test.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EmbeddedSourceIntegrationTests {

	@Test
	void runsBinaryOutOfItsJar() throws IOException {
		EmbeddedSource source = EmbeddedSource.unpack();
		assertThat(source.executable()).isExecutable();
		try (Supervisor supervisor = source.supervise(List.of("redis.conf", "--port", "0"))) {
			String pid = supervisor.tell("start");
			await().until(() -> supervisor.log().contains("Redis version=6.2"));
			assertThat(ProcessHandle.of(Long.parseLong(pid))).isPresent();
			assertThat(supervisor.tell("kill")).isEmpty();
			assertThat(ProcessHandle.of(Long.parseLong(pid))).isEmpty();
		}
		source.directory().close();
		assertThat(source.executable()).doesNotExist();
	}

	@Test
	void removesDirectoryOnClose(@TempDir Path parent) throws IOException {
		Path directory = Files.createDirectory(parent.resolve("server"));
		new ShellSupervisor(directory, Path.of("true"), List.of()).close();
		assertThat(directory).doesNotExist();
	}

}
