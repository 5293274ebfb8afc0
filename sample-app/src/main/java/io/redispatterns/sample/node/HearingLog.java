package io.redispatterns.sample.node;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

import io.redispatterns.invalidation.CacheInvalidation;
import io.redispatterns.invalidation.CacheInvalidationListener;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What this node has heard last of the writes of others.
 */
@Component
final class HearingLog implements CacheInvalidationListener {

	private static final int KEPT = 10;

	private final NodeId node;

	private final RedisExecutor redis;

	private final HearingStreams streams;

	private final Deque<Hearing> last = new ArrayDeque<>();

	private long heard;

	HearingLog(NodeId node, RedisExecutor redis, HearingStreams streams) {
		this.node = node;
		this.redis = redis;
		this.streams = streams;
	}

	@Override
	public void onInvalidation(CacheInvalidation invalidation) {
		long now = this.redis.now(invalidation.key());
		this.streams.send(add(invalidation, now));
	}

	private synchronized Hearing add(CacheInvalidation invalidation, long now) {
		this.heard++;
		Hearing hearing = new Hearing(this.node.value(), this.heard, invalidation.origin().node(), invalidation.cache(),
				invalidation.operation().name().toLowerCase(Locale.ROOT), lagMillis(invalidation.origin().time(), now));
		this.last.addLast(hearing);
		if (this.last.size() > KEPT) {
			this.last.removeFirst();
		}
		return hearing;
	}

	/**
	 * Returns the last messages, the newest last.
	 * @return the messages
	 */
	synchronized List<Hearing> last() {
		return List.copyOf(this.last);
	}

	private static @Nullable Double lagMillis(@Nullable Instant written, long nowMicros) {
		if (written == null || nowMicros == 0) {
			return null;
		}
		long writtenMicros = Math.addExact(written.getEpochSecond() * 1_000_000, written.getNano() / 1000);
		// Two clocks that follow the server's differ a little
		return Math.max(0, nowMicros - writtenMicros) / 1000.0;
	}

}
