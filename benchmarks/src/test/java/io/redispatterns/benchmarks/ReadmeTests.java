package io.redispatterns.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ReadmeTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void replacesOneBlockAndNothingElse(Work work) throws IOException {
		Path file = Files.copy(Path.of("README.md"), this.directory.resolve("README.md"));
		new Readme(file).replace(work, "these figures");
		String once = Files.readString(file);
		new Readme(file).replace(work, "those figures");
		assertThat(Files.readString(file)).isEqualTo(once.replace("these figures", "those figures"))
			.contains("<!-- %1$s -->%nthose figures%n<!-- /%1$s -->".formatted(work.label()).replace("\r", ""));
	}

	@Test
	void saysWhichBlockIsMissing() throws IOException {
		Path file = Files.writeString(this.directory.resolve("other.md"), "nothing");
		assertThatIOException().isThrownBy(() -> new Readme(file).replace(Work.HIT, "text"))
			.withMessage("'%s' has no block 'hit'", file);
	}

}
