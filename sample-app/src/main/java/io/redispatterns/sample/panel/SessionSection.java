package io.redispatterns.sample.panel;

import io.redispatterns.sample.node.Counts;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells what this node has done with sessions since its start.
 */
@Component
@Order(8)
final class SessionSection implements PanelSection {

	private final Counts counts;

	SessionSection(Counts counts) {
		this.counts = counts;
	}

	@Override
	public String name() {
		return "sessions";
	}

	@Override
	public SessionCounts read() {
		return new SessionCounts(this.counts.of("redis.session.reads", "outcome", "found"),
				this.counts.of("redis.session.writes", "kind", "created"),
				this.counts.of("redis.session.writes", "kind", "changed-id"),
				this.counts.of("redis.session.ended", "reason", "ended"),
				this.counts.of("redis.session.ended", "reason", "revoked"));
	}

	/**
	 * How many sessions were read, begun, given a new identifier by a login, ended by
	 * their customer, and revoked.
	 */
	record SessionCounts(long read, long begun, long loggedIn, long loggedOut, long revoked) {
	}

}
