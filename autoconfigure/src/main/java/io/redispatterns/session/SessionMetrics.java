package io.redispatterns.session;

import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.session.store.SessionEvent;
import io.redispatterns.session.store.SessionStatistics;

/**
 * Meters of the sessions on this node.
 */
final class SessionMetrics implements MeterBinder {

	private final SessionStatistics statistics;

	SessionMetrics(SessionStatistics statistics) {
		this.statistics = statistics;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(registry, "redis.session.reads", "outcome", "Reads of sessions by outcome; unreadable ones begin anew",
				SessionEvent.FOUND, SessionEvent.ABSENT, SessionEvent.UNREADABLE);
		bind(registry, "redis.session.writes", "kind",
				"Writes of sessions; touched are those that tell only that a session lives on, dropped came after its end",
				SessionEvent.CREATED, SessionEvent.CHANGED_ID, SessionEvent.WRITTEN, SessionEvent.TOUCHED,
				SessionEvent.DROPPED);
		bind(registry, "redis.session.ended", "reason", "Sessions that did not end by time", SessionEvent.ENDED,
				SessionEvent.REVOKED);
		counter("redis.session.unreadable.attributes", SessionEvent.UNREADABLE_ATTRIBUTE)
			.description("Attributes that could not be read and were taken for absent")
			.register(registry);
		counter("redis.session.unreadable.indexes", SessionEvent.UNREADABLE_INDEX)
			.description("Lists of a user's sessions that could not be read and were begun anew")
			.register(registry);
		counter("redis.session.failures", SessionEvent.FAILED)
			.description("Reads and writes of sessions that Redis did not carry out")
			.register(registry);
	}

	private void bind(MeterRegistry registry, String name, String tag, String description, SessionEvent... events) {
		for (SessionEvent event : List.of(events)) {
			counter(name, event).tag(tag, event.tag()).description(description).register(registry);
		}
	}

	private FunctionCounter.Builder<SessionStatistics> counter(String name, SessionEvent event) {
		return FunctionCounter.builder(name, this.statistics, (statistics) -> statistics.of(event));
	}

}
