package io.redispatterns.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Work#STARTUP}: one application started in fresh JVMs, now with the class path of
 * Spring Boot's own Redis and cache starters, now with that of this project's starter.
 */
final class StartupProbe {

	private static final Logger logger = LoggerFactory.getLogger(StartupProbe.class);

	/** What Spring Boot's two starters bring, by the names of the jars. */
	private static final Pattern BOOT = Pattern.compile("(spring-|lettuce-|redis-authx|netty-|reactor-|reactive-streams"
			+ "|micrometer-|logback-|log4j-|slf4j-|jul-|jackson-|jspecify|jakarta|snakeyaml|commons-logging).*");

	private final Settings settings;

	private final int port;

	StartupProbe(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	MarkdownTable run() throws IOException {
		List<String> starter = List.of(System.getProperty("benchmarks.starter", "").split(File.pathSeparator));
		ChildJvm ours = new ChildJvm(classPath(starter.stream()));
		ChildJvm boot = new ChildJvm(classPath(starter.stream().filter(StartupProbe::isBoot)));
		List<Properties> oursFound = new ArrayList<>();
		List<Properties> bootFound = new ArrayList<>();
		for (int start = 0; start <= this.settings.starts(); start++) {
			Properties bootOnce = boot.run(StartupApplication.class, this.port);
			Properties oursOnce = ours.run(StartupApplication.class, this.port);
			logger.info("startup {} of {}: spring-data-redis {}, redis-patterns {}", start, this.settings.starts(),
					bootOnce, oursOnce);
			if (start > 0) {
				bootFound.add(bootOnce);
				oursFound.add(oursOnce);
			}
		}
		MarkdownTable table = new MarkdownTable(
				List.of("", "time to ready, of spring-data-redis", "processor time, of spring-data-redis",
						"threads when ready", "of them Redisson's", "bean definitions"));
		table.add(row("spring-data-redis + cache", bootFound, bootFound));
		table.add(row("redis-patterns", oursFound, bootFound));
		return table;
	}

	private static List<String> row(String label, List<Properties> findings, List<Properties> floor) {
		List<String> row = new ArrayList<>(
				List.of(label, Ratio.of(all(findings, "ready"), all(floor, "ready")).toString(),
						Ratio.of(all(findings, "cpu"), all(floor, "cpu")).toString()));
		for (String name : List.of("threads", "redisson", "beans")) {
			row.add("%.0f".formatted(Ratio.of(all(findings, name)).median()));
		}
		return row;
	}

	private static double[] all(List<Properties> findings, String name) {
		return findings.stream().mapToDouble((found) -> Double.parseDouble(found.getProperty(name))).toArray();
	}

	private static boolean isBoot(String path) {
		return BOOT.matcher(Path.of(path).getFileName().toString()).matches();
	}

	private static String classPath(Stream<String> libraries) {
		return Stream.concat(Stream.of(classes()), libraries).collect(Collectors.joining(File.pathSeparator));
	}

	private static String classes() {
		return Path.of(URI.create(StartupProbe.class.getProtectionDomain().getCodeSource().getLocation().toString()))
			.toString();
	}

}
