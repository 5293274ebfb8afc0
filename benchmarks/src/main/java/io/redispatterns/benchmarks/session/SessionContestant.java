package io.redispatterns.benchmarks.session;

import java.util.function.IntFunction;

/**
 * Who keeps sessions.
 */
enum SessionContestant {

	SPRING_SESSION("spring-session, default", (port) -> SpringSessions.open(port, false)),

	SPRING_SESSION_INDEXED("spring-session, indexed", (port) -> SpringSessions.open(port, true)),

	REDIS_PATTERNS("redis-patterns", PatternsSessions::open);

	private final String label;

	private final IntFunction<SessionRequests> opening;

	SessionContestant(String label, IntFunction<SessionRequests> opening) {
		this.label = label;
		this.opening = opening;
	}

	String label() {
		return this.label;
	}

	SessionRequests open(int port) {
		return this.opening.apply(port);
	}

}
