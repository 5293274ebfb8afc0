package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one fork found out.
 *
 * @param contestant who ran
 * @param threads how many threads called it
 * @param micros the mean time of an operation
 * @param cpu the processor time of an operation, of all threads of the client
 * @param bytes what an operation allocates
 * @param commands what the server ran for an operation, by command
 */
record Sample(Contestant contestant, int threads, double micros, double cpu, double bytes,
		Map<String, Double> commands) {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	static Sample of(Contestant contestant, int threads, RunResult result) {
		Map<String, Double> commands = new TreeMap<>();
		result.getSecondaryResults().forEach((label, secondary) -> {
			if (label.startsWith(CommandProfiler.PREFIX)) {
				commands.put(label.substring(CommandProfiler.PREFIX.length()), secondary.getScore());
			}
		});
		return new Sample(contestant, threads, result.getPrimaryResult().getScore(), score(result, CpuProfiler.LABEL),
				score(result, ALLOCATED), commands);
	}

	private static double score(RunResult result, String label) {
		Result<?> secondary = result.getSecondaryResults().get(label);
		return (secondary != null) ? secondary.getScore() : Double.NaN;
	}

}
