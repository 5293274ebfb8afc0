package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JMH benchmark over all contestants: round after round, each in a fork of its own on
 * an emptied server, every other round in reverse order, so that neither the state of the
 * machine nor the place in line belongs to one of them.
 */
final class JmhRounds {

	private static final Logger logger = LoggerFactory.getLogger(JmhRounds.class);

	private final Settings settings;

	private final int port;

	JmhRounds(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	/**
	 * Run all rounds of a benchmark.
	 * @param work what the benchmark measures
	 * @param benchmark the class of the benchmark
	 * @return the samples, round by round
	 * @throws IOException if the server cannot be emptied
	 * @throws RunnerException if a fork fails
	 */
	List<Sample> run(Work work, Class<?> benchmark) throws IOException, RunnerException {
		List<Sample> samples = new ArrayList<>();
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (int threads : work.threads()) {
				for (Contestant contestant : order(work, round)) {
					Sample sample = fork(benchmark, contestant, threads, this.settings.warmups(work));
					logger.info("{} {} of {}: {} {} us, {} us of processor time, threads: {}", work.label(), round + 1,
							this.settings.rounds(), contestant.label(), text(sample.micros()), text(sample.cpu()),
							threads);
					samples.add(sample);
				}
			}
		}
		return samples;
	}

	private static String text(double micros) {
		return String.format(Locale.ROOT, "%.3f", micros);
	}

	private List<Contestant> order(Work work, int round) {
		List<Contestant> order = new ArrayList<>(Contestant.in(work));
		order.retainAll(this.settings.contestants());
		if (round % 2 == 1) {
			Collections.reverse(order);
		}
		return order;
	}

	private Sample fork(Class<?> benchmark, Contestant contestant, int threads, int warmups)
			throws IOException, RunnerException {
		RedisSocket.flush(this.port);
		Options options = new OptionsBuilder().include("\\." + benchmark.getSimpleName() + "\\.")
			.param("contestant", contestant.name())
			.threads(threads)
			.forks(1)
			.warmupIterations(warmups)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(this.settings.iterations())
			.measurementTime(TimeValue.seconds(1))
			.addProfiler(GCProfiler.class)
			.addProfiler(CpuProfiler.class)
			.addProfiler(CommandProfiler.class)
			.jvmArgsAppend("-Xms512m", "-Xmx512m", "-D%s=%d".formatted(OpenContestant.PORT_PROPERTY, this.port))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build();
		return Sample.of(contestant, threads, new Runner(options).runSingle());
	}

}
