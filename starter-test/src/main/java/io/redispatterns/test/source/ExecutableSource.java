package io.redispatterns.test.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Servers that run as processes of this machine.
 *
 * @param executable the program
 */
record ExecutableSource(Path executable) implements ServerSource {

	@Override
	public Supervisor supervise(List<String> arguments) throws IOException {
		return new ShellSupervisor(Files.createTempDirectory("redis-patterns-"), this.executable, arguments);
	}

}
