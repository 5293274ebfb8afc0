package io.redispatterns.benchmarks;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * {@link Work#HIT}: one key that is there. Fails on a miss.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CacheHitBenchmark {

	@Benchmark
	public Object hit(OpenContestant contestant) {
		return Objects.requireNonNull(contestant.cache().get(Tracks.randomKey()), "a miss");
	}

}
