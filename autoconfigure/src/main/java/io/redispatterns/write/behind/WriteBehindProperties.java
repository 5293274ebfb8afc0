package io.redispatterns.write.behind;

import java.time.Duration;
import java.util.Map;

import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.write.behind.queue.QueueLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Properties of the queues of write-behind.
 *
 * @param behind Settings of the queues of write-behind by name.
 */
@ConfigurationProperties("redis.write")
public record WriteBehindProperties(@DefaultValue Map<String, Queue> behind) {

	private static final Duration SHORTEST_LEASE = Duration.ofMillis(500);

	private static final Queue DEFAULTS = new Queue(500, Duration.ofSeconds(1), true, 100_000, Overflow.REJECT,
			Duration.ofSeconds(5), 5, Duration.ofSeconds(10));

	public WriteBehindProperties {
		behind.forEach((name, queue) -> queue.validate("behind." + name + "."));
	}

	/**
	 * Settings of a queue.
	 * @param name name of the queue
	 * @return what is set, or the defaults
	 */
	Queue queue(String name) {
		return this.behind.getOrDefault(name, DEFAULTS);
	}

	/**
	 * Settings of one queue.
	 *
	 * @param batchSize Most changes that one flush writes.
	 * @param interval Longest time that a change waits for others before it is flushed.
	 * @param coalesce Whether a change replaces one of the same key that waits.
	 * @param capacity Most changes that wait.
	 * @param overflow What a caller gets when there is no room.
	 * @param patience Longest wait of a caller for room.
	 * @param maxAttempts Failures of a change alone after which it is put to the dead
	 * letter.
	 * @param lease Time after which another node takes over the batch of one that died.
	 */
	public record Queue(@DefaultValue("500") int batchSize, @DefaultValue("1s") Duration interval,
			@DefaultValue("true") boolean coalesce, @DefaultValue("100000") int capacity,
			@DefaultValue("reject") Overflow overflow, @Name("wait") @DefaultValue("5s") Duration patience,
			@DefaultValue("5") int maxAttempts, @DefaultValue("10s") Duration lease) {

		private void validate(String prefix) {
			requireAtLeastOne(prefix + "batch-size", this.batchSize);
			requireAtLeastOne(prefix + "capacity", this.capacity);
			requireAtLeastOne(prefix + "max-attempts", this.maxAttempts);
			InvalidSettingException.requirePositive(prefix + "interval", this.interval);
			InvalidSettingException.requirePositive(prefix + "wait", this.patience);
			if (this.lease.compareTo(SHORTEST_LEASE) < 0) {
				throw new InvalidSettingException(prefix + "lease", this.lease, "be at least 500ms",
						"Set a duration that is longer than some round trips to Redis, such as '10s'.");
			}
		}

		private static void requireAtLeastOne(String key, int value) {
			if (value < 1) {
				throw new InvalidSettingException(key, value, "be at least 1",
						"Set a whole number of 1 or more, or remove the property to use its default.");
			}
		}

		QueueLimits limits() {
			return new QueueLimits(this.batchSize, this.coalesce, this.capacity, this.maxAttempts, this.lease);
		}

	}

	/**
	 * What a caller gets when there is no room.
	 */
	public enum Overflow {

		/**
		 * Room, or a {@link WriteBehindException} when there is none in time.
		 */
		BLOCK,

		/**
		 * A {@link WriteBehindException}, at once.
		 */
		REJECT,

		/**
		 * Room that it makes itself, flushing a batch before its change is accepted.
		 */
		SYNC

	}

}
