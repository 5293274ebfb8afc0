package io.redispatterns.test.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import redis.embedded.core.ExecutableProvider;

/**
 * Servers that run the binary which the jar of embedded-redis carries for this platform.
 *
 * @param executable the binary
 * @param directory what removes the binary with the end of this JVM
 */
record EmbeddedSource(Path executable, Supervisor directory) implements ServerSource {

	static EmbeddedSource unpack() throws IOException {
		Path directory = Files.createTempDirectory("redis-patterns-binary-");
		Supervisor supervisor = new ShellSupervisor(directory, Path.of("true"), List.of());
		Path executable = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
		return new EmbeddedSource(executable, supervisor);
	}

	@Override
	public Supervisor supervise(List<String> arguments) throws IOException {
		return new ExecutableSource(this.executable).supervise(arguments);
	}

}
