package io.redispatterns.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rows that were run, printed and written to a file when the tests are over.
 */
final class FaultTable implements BeforeAllCallback, AfterEachCallback {

	private static final Path FILE = Path.of("target", "fault-table.md");

	private static final String HEAD = """
			| fault | client | errors | worst call | p99 | recovery | stale | verdict |
			|---|---|---|---|---|---|---|---|
			""";

	private static final List<String> lines = new ArrayList<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot()
			.getStore(Namespace.create(FaultTable.class))
			.computeIfAbsent(Printer.class, (type) -> new Printer(), Printer.class);
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		Files.writeString(FILE, table());
	}

	/**
	 * Judge a run and write its line.
	 */
	static void check(String fault, String client, Limits limits, Figures figures) {
		check(fault, client, limits, figures, limits.violations(figures));
	}

	static synchronized void check(String fault, String client, Limits limits, Figures figures,
			List<String> violations) {
		lines.add("| %s | %s | %d | %s (hiccup %s) | %s | %s | %d | %s |%n".formatted(fault, client, figures.errors(),
				Limits.millis(figures.worst()), Limits.millis(figures.hiccup()), Limits.millis(figures.p99()),
				Limits.millis(limits.recovery(figures)), limits.stale(figures), verdict(violations)));
		assertThat(violations).as(fault).isEmpty();
	}

	/**
	 * Write the line of a fault that is not judged by the figures of a run.
	 */
	static synchronized void check(String fault, String client, List<String> violations) {
		lines.add("| %s | %s | | | | | | %s |%n".formatted(fault, client, verdict(violations)));
		assertThat(violations).as(fault).isEmpty();
	}

	private static String verdict(List<String> violations) {
		return violations.isEmpty() ? "held" : String.join("; ", violations).replace('|', '/');
	}

	private static synchronized String table() {
		return lines.stream()
			.sorted(Comparator.comparingInt(FaultTable::number).thenComparing(Comparator.naturalOrder()))
			.collect(Collectors.joining("", HEAD, ""));
	}

	private static int number(String line) {
		return Integer.parseInt(line.replaceFirst("\\| F(\\d+)(?s).*", "$1"));
	}

	private static final class Printer implements AutoCloseable {

		@Override
		public void close() {
			try {
				Files.writeString(FILE, table());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			System.out.println(table());
		}

	}

}
