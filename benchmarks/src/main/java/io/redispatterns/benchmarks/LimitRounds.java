package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rounds of {@link LimitBenchmark}, each contestant in a fork of its own on an
 * emptied server.
 */
final class LimitRounds {

	private static final Logger logger = LoggerFactory.getLogger(LimitRounds.class);

	private static final double P99 = 0.99;

	private final Settings settings;

	private final int port;

	LimitRounds(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	MarkdownTable run() throws IOException, RunnerException {
		MarkdownTable table = new MarkdownTable(List.of("", "10,000 subjects, 1 thread", "10,000 subjects, 8 threads",
				"one subject, 32 threads", "p99 of these, us"));
		Map<LimitContestant, Figures> figures = new EnumMap<>(LimitContestant.class);
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (LimitContestant contestant : LimitContestant.values()) {
				Figures found = figures.computeIfAbsent(contestant, (first) -> new Figures());
				measure(contestant, found);
				logger.info("limit {} of {}: {} {}", round + 1, this.settings.rounds(), contestant.label(), found);
			}
		}
		Figures floor = Objects.requireNonNull(figures.get(LimitContestant.GCRA));
		figures.forEach((contestant, found) -> table.add(List.of(contestant.label(), ratio(found.one, floor.one),
				ratio(found.eight, floor.eight), ratio(found.hot, floor.hot), Ratio.of(array(found.slow)).toString())));
		return table;
	}

	private void measure(LimitContestant contestant, Figures found) throws IOException, RunnerException {
		found.one.add(fork(contestant, "many", 1).getPrimaryResult().getScore());
		found.eight.add(fork(contestant, "many", 8).getPrimaryResult().getScore());
		RunResult hot = fork(contestant, "hot", 32);
		found.hot.add(hot.getPrimaryResult().getScore());
		found.slow.add(hot.getPrimaryResult().getStatistics().getPercentile(P99 * 100));
	}

	private RunResult fork(LimitContestant contestant, String method, int threads) throws IOException, RunnerException {
		RedisSocket.flush(this.port);
		return new Runner(new OptionsBuilder().include("\\.LimitBenchmark\\." + method + "$")
			.param("contestant", contestant.name())
			.threads(threads)
			.forks(1)
			.warmupIterations(this.settings.warmups(Work.LIMIT))
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(this.settings.iterations())
			.measurementTime(TimeValue.seconds(1))
			.jvmArgsAppend("-Xms512m", "-Xmx512m", "-D%s=%d".formatted(OpenContestant.PORT_PROPERTY, this.port))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build()).runSingle();
	}

	private static String ratio(List<Double> values, List<Double> floors) {
		return Ratio.of(array(values), array(floors)).toString();
	}

	private static double[] array(List<Double> values) {
		return values.stream().mapToDouble((value) -> value).toArray();
	}

	/**
	 * Times in microseconds, round by round.
	 */
	private static final class Figures {

		private final List<Double> one = new ArrayList<>();

		private final List<Double> eight = new ArrayList<>();

		private final List<Double> hot = new ArrayList<>();

		private final List<Double> slow = new ArrayList<>();

		@Override
		public String toString() {
			return "1 thread %s us, 8 threads %s us, hot %s us, p99 %s us".formatted(this.one, this.eight, this.hot,
					this.slow);
		}

	}

}
