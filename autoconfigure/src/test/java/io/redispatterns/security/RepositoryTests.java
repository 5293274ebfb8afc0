package io.redispatterns.security;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import tools.jackson.databind.ObjectMapper;

import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the repository holds, and which versions it is built with.
 */
class RepositoryTests {

	private static final Path ROOT = Path.of("..");

	private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", "node_modules");

	private static final Pattern BINARY = Pattern
		.compile(".*\\.(jar|war|class|exe|dll|so|dylib|zip|gz|bin|jks|p12|key)");

	@Test
	void holdsNoBinaryAndNoKey() throws IOException {
		assertThat(files()).isNotEmpty().noneMatch((file) -> BINARY.matcher(file.toString()).matches());
	}

	@Test
	void holdsWhatSomebodyLooksForFirst() {
		for (String name : List.of("SECURITY.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md")) {
			assertThat(ROOT.resolve(name)).isNotEmptyFile();
		}
	}

	@Test
	void pinsEveryVersion() throws IOException {
		for (Path file : files().stream().filter((each) -> each.endsWith("pom.xml")).toList()) {
			assertThat(file).content().doesNotContainPattern("</artifactId>\\s*<version>(LATEST|RELEASE|[\\[(])");
		}
	}

	/**
	 * Below these are known holes in what values, connections and expressions pass
	 * through.
	 */
	@Test
	void isBuiltWithVersionsWithoutKnownHoles() {
		Map<String, String[]> floors = Map.of("Spring Framework", new String[] { "7.0.8", SpringVersion.getVersion() },
				"Spring Boot", new String[] { "4.1.1", SpringBootVersion.getVersion() }, "Spring Data Redis",
				new String[] { "4.1.0", version(RedisConnectionFactory.class) }, "Jackson",
				new String[] { "3.1.0", version(ObjectMapper.class) }, "Redisson",
				new String[] { "3.22.0", version(Redisson.class) });
		assertThat(floors).allSatisfy((name, versions) -> assertThat(number(versions[1])).as("%s %s", name, versions[1])
			.isGreaterThanOrEqualTo(number(versions[0])));
	}

	private static long number(String version) {
		String[] parts = version.split("[.-]");
		return Long.parseLong(parts[0]) * 1_000_000 + Long.parseLong(parts[1]) * 1_000 + Long.parseLong(parts[2]);
	}

	private static String version(Class<?> type) {
		String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
		return path.replaceAll(".*-(\\d[^/]*)\\.jar", "$1");
	}

	private static List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				return NOT_OURS.contains(String.valueOf(directory.getFileName())) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				files.add(file);
				return FileVisitResult.CONTINUE;
			}

		});
		return files;
	}

}
