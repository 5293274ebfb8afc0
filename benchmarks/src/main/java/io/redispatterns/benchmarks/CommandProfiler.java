package io.redispatterns.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler that adds the server's calls per operation to a result, one figure for
 * each command. Public because JMH creates it by its name.
 */
public final class CommandProfiler implements InternalProfiler {

	static final String PREFIX = "command.";

	private CommandStats before = new CommandStats(Map.of());

	@Override
	public String getDescription() {
		return "Redis commands per operation";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		this.before = read();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
			IterationResult result) {
		double operations = result.getMetadata().getAllOps();
		List<ScalarResult> results = new ArrayList<>();
		read().since(this.before)
			.calls()
			.forEach((command, calls) -> results
				.add(new ScalarResult(PREFIX + command, calls / operations, "calls/op", AggregationPolicy.AVG)));
		return results;
	}

	private static CommandStats read() {
		try {
			return CommandStats.read(OpenContestant.PORT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
