package io.redispatterns.cache.load;

import java.nio.ByteBuffer;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * Entries of one cache that this node does not load again for some time.
 */
final class Rests {

	private static final int MAX_KEYS = 10_000;

	private final Cache<ByteBuffer, Rest> resting = Caffeine.newBuilder()
		.maximumSize(MAX_KEYS)
		.expireAfter(Expiry.writing((ByteBuffer key, Rest rest) -> rest.time))
		.executor(Runnable::run)
		.build();

	/**
	 * Claim a load that nobody else of this node is to make.
	 */
	boolean claim(byte[] entry) {
		return this.resting.asMap().putIfAbsent(ByteBuffer.wrap(entry), Rest.BUSY) == null;
	}

	void begin(byte[] entry, Rest rest) {
		this.resting.put(ByteBuffer.wrap(entry), rest);
	}

	void end(byte[] entry) {
		this.resting.invalidate(ByteBuffer.wrap(entry));
	}

	boolean has(byte[] entry, Rest rest) {
		return this.resting.getIfPresent(ByteBuffer.wrap(entry)) == rest;
	}

	/**
	 * Why a value is not loaded again now, and for how long.
	 */
	enum Rest {

		/**
		 * This node loads it; a load that never ends is not waited for.
		 */
		BUSY(Duration.ofMinutes(1)),

		/**
		 * Another node loads it.
		 */
		ELSEWHERE(Duration.ofMillis(100)),

		/**
		 * Its source is spared.
		 */
		FAILED(Duration.ofSeconds(1));

		private final Duration time;

		Rest(Duration time) {
			this.time = time;
		}

	}

}
