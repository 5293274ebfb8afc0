package io.redispatterns.hash;

import java.time.Duration;
import java.util.Map;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of objects that are stored as hashes.
 *
 * @param enabled Whether objects can be stored as hashes.
 * @param timeToLive Lifetime of an object from its last put or load on.
 * @param timeToLives Lifetimes of the objects of single stores by name, before the
 * general one.
 * @param maxValueSize Largest size of all properties of an object together.
 * @param transaction When a write within a transaction of a database takes effect.
 * @param onFenceFailure What becomes of a transaction whose writes cannot be fenced.
 */
@ConfigurationProperties("redis.hash")
public record HashProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10m") Duration timeToLive,
		@DefaultValue Map<String, Duration> timeToLives, @DefaultValue("1MB") DataSize maxValueSize,
		@DefaultValue("fence") Transaction transaction, @DefaultValue("proceed") FenceFailure onFenceFailure) {

	public HashProperties {
		requireMillisecond("time-to-live", timeToLive);
		timeToLives.forEach((name, each) -> requireMillisecond("time-to-lives." + name, each));
		if (maxValueSize.toBytes() <= 0 || maxValueSize.toBytes() > Integer.MAX_VALUE) {
			throw new InvalidSettingException("max-value-size", maxValueSize, "be greater than zero and below 2GB",
					"Set a size such as '1MB'.");
		}
	}

	private static void requireMillisecond(String key, Duration timeToLive) {
		if (timeToLive.toMillis() <= 0) {
			throw new InvalidSettingException(key, timeToLive, "be at least 1ms",
					"Set a positive duration such as '10m', or remove the property.");
		}
	}

	/**
	 * The lifetime in force for a store.
	 */
	Duration timeToLive(String name) {
		return this.timeToLives.getOrDefault(name, this.timeToLive);
	}

	/**
	 * When a write within a transaction takes effect.
	 */
	public enum Transaction {

		/**
		 * With the commit: nobody reads or stores an old object from before it on, even
		 * if this node dies then.
		 */
		FENCE,

		/**
		 * At once.
		 */
		NONE

	}

	/**
	 * What becomes of a transaction whose writes cannot be fenced.
	 */
	public enum FenceFailure {

		/**
		 * It is committed. This node does not trust the objects until they are deleted.
		 */
		PROCEED,

		/**
		 * It is rolled back: no old object is served after a commit.
		 */
		FAIL

	}

}
