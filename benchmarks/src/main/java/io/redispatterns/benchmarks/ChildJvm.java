package io.redispatterns.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A fresh JVM that runs one main class to its end and leaves its findings in a file.
 */
public final class ChildJvm {

	private final String classPath;

	ChildJvm(String classPath) {
		this.classPath = classPath;
	}

	/**
	 * A JVM with the class path of this one.
	 * @return the JVM, not started yet
	 */
	public static ChildJvm likeThis() {
		return new ChildJvm(System.getProperty("java.class.path"));
	}

	/**
	 * Run a class whose first argument is the file to {@link #report} to.
	 * @param main the class
	 * @param arguments its other arguments
	 * @return what it reported
	 * @throws IOException if it fails
	 */
	public Properties run(Class<?> main, Object... arguments) throws IOException {
		Path file = Files.createTempFile("benchmarks", ".properties");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms512m", "-Xmx512m",
						"-classpath", this.classPath, main.getName(), file.toString()));
		List.of(arguments).forEach((argument) -> command.add(argument.toString()));
		Process process = new ProcessBuilder(command).inheritIO().start();
		try {
			if (process.waitFor() != 0) {
				throw new IOException("%s ended with %d".formatted(main.getSimpleName(), process.exitValue()));
			}
			Properties findings = new Properties();
			try (InputStream in = Files.newInputStream(file)) {
				findings.load(in);
			}
			return findings;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		finally {
			process.destroyForcibly();
			Files.deleteIfExists(file);
		}
	}

	/**
	 * Leave findings for the parent.
	 * @param file the first argument of the class
	 * @param findings what was found
	 * @throws IOException if the file cannot be written
	 */
	public static void report(String file, Properties findings) throws IOException {
		try (OutputStream out = Files.newOutputStream(Path.of(file))) {
			findings.store(out, null);
		}
	}

}
