package io.redispatterns.ratelimit.policy;

import java.time.Duration;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * A time in which a subject that goes on and on over a limit gets nothing, longer with
 * each repetition.
 *
 * @param after Number of denied requests, with less than the window between two, upon
 * which a subject is blocked; 0 for never.
 * @param length Length of the first block.
 * @param multiplier Factor by which each further block is longer, until a subject stays
 * within the limit for as long as its last block was.
 * @param max Longest block.
 */
public record Block(@DefaultValue("0") int after, @Name("for") @DefaultValue("1m") Duration length,
		@DefaultValue("2") double multiplier, @DefaultValue("24h") Duration max) {

	/**
	 * Nobody is ever blocked.
	 */
	public static final Block NONE = new Block(0, Duration.ofMinutes(1), 2, Duration.ofHours(24));

	public Block {
		if (after < 0) {
			throw new InvalidSettingException("block.after", after, "not be negative",
					"Set a number of denied requests such as '10', or '0' to never block.");
		}
		InvalidSettingException.requirePositive("block.for", length);
		InvalidSettingException.requirePositive("block.max", max);
		if (!(multiplier >= 1 && multiplier <= 1000)) {
			throw new InvalidSettingException("block.multiplier", multiplier, "be between 1 and 1000",
					"Set a factor such as '2', or '1' for blocks of one length.");
		}
		if (max.compareTo(length) < 0 || max.compareTo(Duration.ofDays(3650)) > 0) {
			throw new InvalidSettingException("block.max", max, "be at least 'block.for' and at most ten years",
					"Set a duration such as '24h'.");
		}
	}

	/**
	 * Whether subjects are blocked at all.
	 * @return whether there is a number of denied requests
	 */
	public boolean isActive() {
		return this.after > 0;
	}

}
