package io.redispatterns.test.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.error.OsArchitectureNotFound;

/**
 * Chooses, once per JVM, where {@code redis-server} comes from.
 */
final class ServerSources {

	static final String PROPERTY = "redispatterns.test.source";

	private static final Logger logger = LoggerFactory.getLogger(ServerSources.class);

	private static @Nullable ServerSource current;

	private ServerSources() {
	}

	static synchronized ServerSource current() {
		if (current == null) {
			current = choose(System.getProperty(PROPERTY, "auto"));
		}
		return current;
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
			return EmbeddedSource.unpack();
		}
		catch (IOException | OsArchitectureNotFound ex) {
			throw new IllegalStateException(
					"No redis-server: embedded-redis has none that runs here, so install one on the PATH or start Docker",
					ex);
		}
	}

}
