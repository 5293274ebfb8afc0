package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * {@link Work#BULK}: a hundred keys that are there. Fails when one is missing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BulkGetBenchmark {

	@Benchmark
	public Map<String, ?> getAll(OpenContestant contestant) {
		Map<String, ?> found = contestant.cache().getAll(Tracks.randomKeys());
		if (found.size() != Tracks.BULK) {
			throw new IllegalStateException("found only " + found.size());
		}
		return found;
	}

}
