package io.redispatterns.test.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * Chooses, once per JVM, where {@code redis-server} comes from.
 */
final class ServerSources {

	static final String PROPERTY = "redispatterns.test.source";

	private static final Logger logger = LoggerFactory.getLogger(ServerSources.class);

	private ServerSources() {
	}

	static ServerSource choose(String name) {
		return switch (name) {
			case "auto" -> dockerIfUsable().or(ServerSources::path).orElseGet(ServerSources::embedded);
			case "docker" -> docker();
			case "path" -> path().orElseThrow(() -> new IllegalStateException(
					"No redis-server on the PATH although '%s' is 'path': install one or choose 'embedded'"
						.formatted(PROPERTY)));
			case "embedded" -> embedded();
			default -> throw new IllegalArgumentException(
					"'%s' must be one of auto, docker, path and embedded but was '%s'".formatted(PROPERTY, name));
		};
	}

	private static Optional<ServerSource> dockerIfUsable() {
		if (!DockerSource.answers()) {
			return Optional.empty();
		}
		try {
			return Optional.of(docker());
		}
		catch (IllegalStateException ex) {
			logger.warn("Docker answers but runs no Redis server here, going on without it: {}", ex.getMessage());
			return Optional.empty();
		}
		catch (NoClassDefFoundError ex) {
			logger.debug("Testcontainers is not on the class path, going on without Docker");
			return Optional.empty();
		}
	}

	private static ServerSource docker() {
		try {
			return DockerSource.connect();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	private static Optional<ServerSource> path() {
		return path(System.getenv().getOrDefault("PATH", ""));
	}

	static Optional<ServerSource> path(String directories) {
		return Stream.of(directories.split(File.pathSeparator))
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

	/**
	 * The choice of this JVM, made once.
	 */
	static final class Holder {

		static final ServerSource CURRENT = choose(System.getProperty(PROPERTY, "auto"));

	}

}
