package io.redispatterns.sample.node;

import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What the meters of this node have counted since its start.
 */
@Component
public final class Counts {

	private final MeterRegistry meters;

	public Counts(MeterRegistry meters) {
		this.meters = meters;
	}

	/**
	 * Sums counters.
	 * @param meter their name
	 * @param tags names and values of tags that each of them has
	 * @return the sum, 0 when there is none
	 */
	public long of(String meter, String... tags) {
		Search found = this.meters.find(meter).tags(tags);
		DoubleStream functions = found.functionCounters().stream().mapToDouble(FunctionCounter::count);
		DoubleStream counters = found.counters().stream().mapToDouble(Counter::count);
		return (long) DoubleStream.concat(functions, counters).sum();
	}

	/**
	 * Reads a gauge.
	 * @param meter its name
	 * @param tags names and values of its tags
	 * @return the value, {@code null} when there is no gauge, or Redis had to be asked
	 * and did not answer
	 */
	public @Nullable Double gauge(String meter, String... tags) {
		Gauge gauge = this.meters.find(meter).tags(tags).gauge();
		double value = (gauge != null) ? gauge.value() : Double.NaN;
		return Double.isNaN(value) ? null : value;
	}

}
