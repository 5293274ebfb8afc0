package io.redispatterns.warming.run;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Progress}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProgressTests {

	private final AtomicLong time = new AtomicLong();

	private final Tally tally = new Tally();

	private final Progress progress = new Progress(new WarmPlan("tracks()", "tracks", () -> null, (key) -> {
	}, new Schedule(null, null, null, ZoneOffset.UTC), 50), this.tally, this.time::get);

	@Test
	void tellsTheBeginTheProgressEachTenSecondsAndTheEnd(CapturedOutput output) {
		this.progress.begin(40);
		for (int i = 0; i < 39; i++) {
			this.time.addAndGet(Duration.ofMillis(600).toNanos());
			this.progress.warmed();
		}
		this.progress.failed();
		this.progress.end();
		assertThat(output.getOut().lines().map((line) -> line.substring(line.indexOf("Warm")))).containsExactly(
				"Warming cache 'tracks' with tracks(): 40 entries, at most 50 entries a second",
				"Warming cache 'tracks': 17 of 40 entries, 0 failed",
				"Warming cache 'tracks': 34 of 40 entries, 0 failed",
				"Warmed cache 'tracks' with 39 entries in 23400 ms, 1 failed");
		assertThat(this.tally.warmedEntries()).isEqualTo(39);
		assertThat(this.tally.failedEntries()).isOne();
		assertThat(Duration.ofNanos(this.tally.nanos())).isEqualTo(Duration.ofMillis(23_400));
	}

	@Test
	void tellsThatAnotherNodeGoesOn(CapturedOutput output) {
		this.progress.begin(-1);
		this.progress.warmed();
		this.progress.lost();
		assertThat(output).contains("Warming cache 'tracks' with tracks(), at most 50 entries a second")
			.contains("Warming of cache 'tracks' is left to another node after 1 entries")
			.doesNotContain("Warmed cache");
	}

}
