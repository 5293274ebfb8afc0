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
 * @param bytes what an operation allocates
 * @param commands what the server ran for an operation, by command
 */
record Sample(Contestant contestant, int threads, double micros, double bytes, Map<String, Double> commands) {

	static Sample of(Contestant contestant, int threads, RunResult result) {
		Map<String, Double> commands = new TreeMap<>();
		result.getSecondaryResults().forEach((label, secondary) -> {
			if (label.startsWith(CommandProfiler.PREFIX)) {
				commands.put(label.substring(CommandProfiler.PREFIX.length()), secondary.getScore());
			}
		});
		Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
		return new Sample(contestant, threads, result.getPrimaryResult().getScore(), allocated.getScore(), commands);
	}

}
