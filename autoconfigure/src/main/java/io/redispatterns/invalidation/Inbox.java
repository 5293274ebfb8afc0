package io.redispatterns.invalidation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.CacheInvalidation.Origin;
import io.redispatterns.invalidation.InvalidationStatistics.Event;
import io.redispatterns.invalidation.message.Beats;
import io.redispatterns.invalidation.message.Beats.Beat;
import io.redispatterns.invalidation.message.Gaps;
import io.redispatterns.invalidation.message.InvalidationMessage;

/**
 * Where messages come in: each makes the near caches of this node forget what it is
 * about. What this node cannot understand, or has reason to miss, makes them forget
 * everything.
 */
final class Inbox {

	private final Feeds feeds;

	private final long self;

	private final Beats beats;

	private final Supplier<Set<String>> servers;

	private final InvalidationStatistics statistics;

	private final Gaps gaps = new Gaps();

	private volatile Consumer<CacheInvalidation> listener = (invalidation) -> {
	};

	Inbox(long self, Feeds feeds, Beats beats, Supplier<Set<String>> servers, InvalidationStatistics statistics) {
		this.self = self;
		this.feeds = feeds;
		this.beats = beats;
		this.servers = servers;
		this.statistics = statistics;
	}

	void tell(Consumer<CacheInvalidation> listener) {
		this.listener = listener;
	}

	void receive(byte[] bytes, long micros) {
		InvalidationMessage message = InvalidationMessage.decode(bytes);
		if (message == null) {
			this.statistics.count(Event.FOREIGN);
			this.feeds.flush();
		}
		else if (message.publisher() == this.self) {
			if (message.operation() == InvalidationMessage.BEAT && message.subject().length == Long.BYTES) {
				beat(message);
			}
		}
		else if (message.operation() == InvalidationMessage.COUNT) {
			if (this.gaps.isGap(message)) {
				this.statistics.count(Event.GAP);
				this.feeds.flush();
			}
		}
		else {
			this.gaps.count(message);
			forget(message);
			this.statistics.count(Event.RECEIVED);
			if (message.micros() > 0 && micros > 0) {
				this.statistics.lag(micros - message.micros());
			}
		}
	}

	private void beat(InvalidationMessage message) {
		ByteBuffer sent = ByteBuffer.wrap(message.subject());
		Beat beat = new Beat(message.sequence(), sent.getLong());
		this.beats.hear(message.cache(), beat, this.servers.get(), () -> {
			this.statistics.count(Event.DISTRUST);
			this.feeds.flush();
		});
	}

	private void forget(InvalidationMessage message) {
		WriteKind operation = WriteKind.of(message.operation());
		if (operation == null && message.cache().isEmpty()) {
			this.feeds.flush();
			return;
		}
		this.feeds.forget(operation, message.cache(), message.subject());
		if (operation != null) {
			this.listener.accept(invalidation(operation, message));
		}
	}

	private static CacheInvalidation invalidation(WriteKind operation, InvalidationMessage message) {
		boolean tagged = operation == WriteKind.TAG;
		Instant time = (message.micros() > 0) ? Instant.EPOCH.plus(message.micros(), ChronoUnit.MICROS) : null;
		Origin origin = new Origin(HexFormat.of().toHexDigits(message.publisher()), message.sequence(), time);
		return new CacheInvalidation(operation, message.cache(), tagged ? new byte[0] : message.subject(),
				tagged ? new String(message.subject(), StandardCharsets.UTF_8) : null, origin);
	}

	/**
	 * Begin to listen: what was said before was missed.
	 */
	void begin() {
		this.gaps.forget();
		this.feeds.flush();
	}

	/**
	 * The connection is lost, and what is said from now on.
	 */
	void lose() {
		this.beats.lose();
		this.statistics.count(Event.LOST);
		this.feeds.flush();
	}

}
