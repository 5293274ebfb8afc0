package io.redispatterns.invalidation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.near.Operation;
import io.redispatterns.invalidation.Beats.Beat;
import io.redispatterns.invalidation.CacheInvalidation.Origin;
import io.redispatterns.invalidation.InvalidationStatistics.Event;
import org.jspecify.annotations.Nullable;

/**
 * Where messages come in: each makes the near caches of this node forget what it is
 * about. What this node cannot understand, or has reason to miss, makes them forget
 * everything.
 */
final class Inbox {

	private final Map<String, List<NearCache>> caches = new ConcurrentHashMap<>();

	private final long self;

	private final Beats beats;

	private final Supplier<Set<String>> servers;

	private final InvalidationStatistics statistics;

	private final Gaps gaps = new Gaps();

	private volatile Consumer<CacheInvalidation> listener = (invalidation) -> {
	};

	Inbox(long self, Beats beats, Supplier<Set<String>> servers, InvalidationStatistics statistics) {
		this.self = self;
		this.beats = beats;
		this.servers = servers;
		this.statistics = statistics;
	}

	void add(String cache, NearCache near) {
		this.caches.computeIfAbsent(cache, (name) -> new CopyOnWriteArrayList<>()).add(near);
	}

	boolean feedsNone() {
		return this.caches.isEmpty();
	}

	void tell(Consumer<CacheInvalidation> listener) {
		this.listener = listener;
	}

	void receive(byte[] bytes, long micros) {
		InvalidationMessage message = InvalidationMessage.decode(bytes);
		if (message == null) {
			this.statistics.count(Event.FOREIGN);
			flush();
		}
		else if (message.publisher() == this.self) {
			if (message.operation() == InvalidationMessage.BEAT) {
				beat(message);
			}
		}
		else if (message.operation() == InvalidationMessage.COUNT) {
			if (this.gaps.isGap(message)) {
				this.statistics.count(Event.GAP);
				flush();
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
			flush();
		});
	}

	private void forget(InvalidationMessage message) {
		Operation operation = Operation.of(message.operation());
		if (operation == null && message.cache().isEmpty()) {
			flush();
			return;
		}
		forget(operation, message.cache(), message.subject());
		if (operation != null) {
			this.listener.accept(invalidation(operation, message));
		}
	}

	/**
	 * Make the near caches forget what a write is about.
	 */
	void forget(@Nullable Operation operation, String cache, byte[] subject) {
		for (NearCache near : this.caches.getOrDefault(cache, List.of())) {
			if (operation == Operation.TAG) {
				near.dropTag(new String(subject, StandardCharsets.UTF_8));
			}
			else if (operation == null || operation == Operation.CLEAR) {
				near.flush();
			}
			else {
				near.drop(subject);
			}
		}
	}

	private static CacheInvalidation invalidation(Operation operation, InvalidationMessage message) {
		boolean tagged = operation == Operation.TAG;
		Instant time = (message.micros() > 0) ? Instant.EPOCH.plus(message.micros(), ChronoUnit.MICROS) : null;
		Origin origin = new Origin(HexFormat.of().toHexDigits(message.publisher()), message.sequence(), time);
		return new CacheInvalidation(operation, message.cache(), tagged ? new byte[0] : message.subject(),
				tagged ? new String(message.subject(), StandardCharsets.UTF_8) : null, origin);
	}

	private void flush() {
		this.caches.values().forEach((same) -> same.forEach(NearCache::flush));
	}

	/**
	 * Begin to listen: what was said before was missed.
	 */
	void begin() {
		this.gaps.forget();
		flush();
	}

	/**
	 * The connection is lost, and what is said from now on.
	 */
	void lose() {
		this.beats.lose();
		this.statistics.count(Event.LOST);
		flush();
	}

}
