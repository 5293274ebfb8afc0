package io.redispatterns.test.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import redis.embedded.core.ExecutableProvider;

/**
 * Chooses, once per JVM, where {@code redis-server} comes from.
 */
final class ServerSources {

	static final String PROPERTY = "redispatterns.test.source";

	private ServerSources() {
	}

	static ServerSource choose(String name) {
		return switch (name) {
			case "auto" -> path().orElseGet(ServerSources::embedded);
			case "path" -> path().orElseThrow(() -> new IllegalStateException(
					"No redis-server on the PATH although '%s' is 'path': install one or choose 'embedded'"
						.formatted(PROPERTY)));
			case "embedded" -> embedded();
			default -> throw new IllegalArgumentException(
					"'%s' must be one of auto, docker, path and embedded but was '%s'".formatted(PROPERTY, name));
		};
	}

	private static Optional<ServerSource> path() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, "redis-server"))
			.filter(Files::isExecutable)
			.findFirst()
			.map(ExecutableSource::new);
	}

	private static ServerSource embedded() {
		try {
			Path directory = Files.createTempDirectory("redis-patterns-binary-");
			new ShellSupervisor(directory, Path.of("true"), List.of());
			return new ExecutableSource(ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath());
		}
		catch (IOException ex) {
			throw new IllegalStateException("The redis-server of embedded-redis cannot be unpacked", ex);
		}
	}

	static final class Holder {

		static final ServerSource CURRENT = choose(System.getProperty(PROPERTY, "auto"));

	}

}
