package io.redispatterns.sample.panel;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.sample.node.Counts;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells what this node has read before anybody asked. Of nodes
 * that start one after the other, the first does it for all.
 */
@Component
@Order(7)
final class WarmingSection implements PanelSection {

	private final Counts counts;

	private final MeterRegistry meters;

	WarmingSection(Counts counts, MeterRegistry meters) {
		this.counts = counts;
		this.meters = meters;
	}

	@Override
	public String name() {
		return "warming";
	}

	@Override
	public Warming read() {
		FunctionTimer whole = this.meters.find("redis.warming.duration").tag("cache", "albums").functionTimer();
		return new Warming("albums", entries("warmed"), entries("failed"), (whole != null) ? (long) whole.count() : 0,
				(whole != null) ? whole.mean(TimeUnit.MILLISECONDS) : 0);
	}

	private long entries(String outcome) {
		return this.counts.of("redis.warming.entries", "cache", "albums", "outcome", outcome);
	}

	/**
	 * What was warmed: entries that were read, and that could not be, in how many
	 * warm-ups of which length on average.
	 */
	record Warming(String cache, long warmed, long failed, long runs, double runMillis) {
	}

}
