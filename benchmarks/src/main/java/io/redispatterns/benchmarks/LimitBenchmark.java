package io.redispatterns.benchmarks;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * {@link Work#LIMIT}: a decision, for one of many subjects or always the same.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LimitBenchmark {

	private static final int SUBJECTS = 10_000;

	@Benchmark
	public boolean many(OpenLimit open) {
		return allowed(open, "user:" + ThreadLocalRandom.current().nextInt(SUBJECTS));
	}

	@Benchmark
	public boolean hot(OpenLimit open) {
		return allowed(open, "user:hot");
	}

	private static boolean allowed(OpenLimit open, String subject) {
		if (!open.limit().acquire(subject)) {
			throw new IllegalStateException("refused");
		}
		return true;
	}

}
