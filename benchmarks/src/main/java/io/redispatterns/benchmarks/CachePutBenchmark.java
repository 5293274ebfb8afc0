package io.redispatterns.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * {@link Work#PUT}: one value over another.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CachePutBenchmark {

	@Benchmark
	public void put(OpenContestant contestant) {
		Track track = Tracks.random();
		contestant.cache().put(Tracks.key(track), track);
	}

}
