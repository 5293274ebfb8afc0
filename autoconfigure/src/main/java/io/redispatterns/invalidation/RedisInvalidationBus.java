package io.redispatterns.invalidation;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.near.Announcement;
import io.redispatterns.cache.near.InvalidationBus;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.InvalidationStatistics.Event;
import io.redispatterns.invalidation.message.InvalidationMessage;
import io.redispatterns.invalidation.message.Rounds;
import io.redispatterns.invalidation.message.Rounds.Place;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;

/**
 * The messages of this node to others, and those of the application.
 */
final class RedisInvalidationBus implements InvalidationBus, CacheInvalidations {

	private static final byte[] NOTHING = {};

	private final RedisExecutor redis;

	private final KeySpace keys;

	private final Rounds rounds;

	private final Listening listening;

	private final Sender sender;

	/**
	 * Create the bus.
	 * @param redis the way to the server
	 * @param keys keys of the application
	 * @param rounds counts what is sent
	 * @param sender sends what no script sends
	 * @param listening what others send
	 */
	RedisInvalidationBus(RedisExecutor redis, KeySpace keys, Rounds rounds, Sender sender, Listening listening) {
		this.redis = redis;
		this.keys = keys;
		this.rounds = rounds;
		this.sender = sender;
		this.listening = listening;
	}

	@Override
	public Announcement announce(WriteKind operation, String cache, byte[] subject, long micros) {
		// A fill says nothing where it replaces nothing, so that it cannot be counted
		boolean counted = operation != WriteKind.FILL;
		if (counted && !this.redis.isSingleServer()) {
			this.listening.count();
		}
		Place place = counted ? this.rounds.next() : Place.UNCOUNTED;
		byte[] message = new InvalidationMessage(operation.letter(), this.sender.self(), place.sequence(), micros,
				cache, subject)
			.encode();
		return new Announced(this.sender.channel(), message, place, this.listening.statistics());
	}

	@Override
	public Trust feed(String cache, NearCache near) {
		return this.listening.feed(cache, near);
	}

	@Override
	public void evict(String cache, Object key) {
		publish(WriteKind.EVICT, cache, this.keys.named(cache).key(key));
	}

	@Override
	public void evictTag(String cache, String tag) {
		publish(WriteKind.TAG, cache, tag.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void clear(String cache) {
		publish(WriteKind.CLEAR, cache, NOTHING);
	}

	private void publish(WriteKind operation, String cache, byte[] subject) {
		Announcement announcement = announce(operation, cache, subject, this.redis.now(subject));
		this.listening.forget(operation, cache, subject);
		CompletableFuture<Long> sent = this.sender.send("", announcement.channel(), announcement.message());
		sent.whenComplete((reply, ex) -> {
			announcement.settle(ex == null);
			this.listening.forget(operation, cache, subject);
		});
	}

	private record Announced(byte[] channel, byte[] message, Place place,
			InvalidationStatistics statistics) implements Announcement {

		@Override
		public void settle(boolean sent) {
			this.place.settle(sent);
			if (sent && this.place != Place.UNCOUNTED) {
				this.statistics.count(Event.SENT);
			}
		}

	}

}
