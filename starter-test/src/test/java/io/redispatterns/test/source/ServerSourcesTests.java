package io.redispatterns.test.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerSourcesTests {

	@Test
	void takesFirstExecutableOnPath(@TempDir Path directory) throws IOException {
		Path text = Files.createDirectory(directory.resolve("text"));
		Files.createFile(text.resolve("redis-server"));
		Path program = Files.createDirectory(directory.resolve("program")).resolve("redis-server");
		assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();
		assertThat(ServerSources.path(text + ":" + program.getParent())).contains(new ExecutableSource(program));
		assertThat(ServerSources.path(text.toString())).isEmpty();
	}

	@Test
	void refusesUnknownSource() {
		assertThatIllegalArgumentException().isThrownBy(() -> ServerSources.choose("podman"))
			.withMessage("'redispatterns.test.source' must be one of auto, docker, path and embedded but was 'podman'");
	}

}
