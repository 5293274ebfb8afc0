package io.redispatterns.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server runs no script but those that lie beside the classes that send them.
 */
class ScriptsTests {

	private static final Path MAIN = Path.of("src", "main");

	private static final Pattern READ = Pattern.compile("LuaScript\\s*\\.\\s*returning\\w+\\(([^)]*)\\)");

	private static final Pattern NAMED = Pattern
		.compile("\\w+\\.class,\\s*(files\\()?\"[\\w/-]+\\.lua\"(,\\s+(set|\"[\\w/-]+\\.lua\"))*");

	private static final Pattern SENT = Pattern
		.compile("(?i)\\b(eval|evalSha|scriptLoad|evalWrite\\w*|functionLoad)\\(");

	@Test
	void scriptIsAFileThatAConstantNames() throws IOException {
		List<String> arguments = sources("java").stream()
			.flatMap((source) -> READ.matcher(source).results())
			.map((found) -> found.group(1).strip())
			.filter((found) -> !found.startsWith("Class<?>"))
			.toList();
		assertThat(arguments).hasSizeGreaterThan(20).allMatch((argument) -> NAMED.matcher(argument).matches());
	}

	@Test
	void whatIsSentIsTheTextOfAScriptOrItsDigest() throws IOException {
		List<String> calls = sources("java").stream()
			.flatMap((source) -> SENT.matcher(source).results().map((found) -> call(source, found)))
			.toList();
		assertThat(calls).isNotEmpty()
			.allMatch((call) -> Stream.of("script.digest()", "eval(text,", ".text()", "script, keys")
				.anyMatch(call::contains));
	}

	@Test
	void scriptMakesNoCodeOfWhatItIsGiven() throws IOException {
		assertThat(sources("lua")).hasSizeGreaterThan(20)
			.noneMatch((script) -> Pattern.compile("(?<![.\\w])(loadstring|load|dofile|setfenv|getfenv)\\s*\\(")
				.matcher(script)
				.find());
	}

	private static String call(String source, MatchResult found) {
		return source.substring(found.start(), source.indexOf(';', found.end()));
	}

	private static List<String> sources(String kind) throws IOException {
		try (Stream<Path> files = Files.walk(MAIN)) {
			return files.filter((file) -> file.toString().endsWith("." + kind)).map(ScriptsTests::read).toList();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
