package io.redispatterns.sample.panel;

import java.util.List;

import io.redispatterns.sample.node.Counts;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells what this node has decided about requests that are
 * limited. What one client has left, its answers tell itself.
 */
@Component
@Order(8)
final class LimitSection implements PanelSection {

	private static final String DECISIONS = "redis.rate.limit.decisions";

	private final Counts counts;

	LimitSection(Counts counts) {
		this.counts = counts;
	}

	@Override
	public String name() {
		return "limits";
	}

	@Override
	public List<Limit> read() {
		return List.of(read("search"));
	}

	private Limit read(String policy) {
		long refused = count(policy, "outcome", "denied") + count(policy, "outcome", "blocked");
		long all = this.counts.of(DECISIONS, "policy", policy);
		return new Limit(policy, all - refused, refused, count(policy, "source", "local"));
	}

	private long count(String policy, String tag, String value) {
		return this.counts.of(DECISIONS, "policy", policy, tag, value);
	}

	/**
	 * The requests that a policy has let through, those that it has refused, and those of
	 * both that were decided without Redis.
	 */
	record Limit(String policy, long allowed, long refused, long local) {
	}

}
