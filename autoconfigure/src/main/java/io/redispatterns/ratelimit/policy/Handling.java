package io.redispatterns.ratelimit.policy;

import org.jspecify.annotations.Nullable;

/**
 * What is done with the decisions of a policy.
 *
 * @param shadow whether the limit is only watched: what it denies is counted and allowed
 * @param onRedisError what is decided without Redis
 * @param count which requests use up the limit
 * @param block when a subject gets nothing for a while
 * @param key the expression of the subject, {@code null} for what whoever asks sees fit
 * @param headers whether a response tells of the policy
 * @param ahead permits that a node takes ahead for a subject that many ask for at the
 * same time, 0 for none; a trailing window may see so many more of each node
 */
public record Handling(boolean shadow, OnRedisError onRedisError, Count count, Block block, @Nullable String key,
		boolean headers, long ahead) {

	/**
	 * Enforced, told, every request counted, nobody blocked.
	 */
	public static final Handling DEFAULT = new Handling(false, OnRedisError.INHERIT, Count.ALL, Block.NONE, null, true,
			0);

	/**
	 * The same, only watched or enforced.
	 * @param shadow whether the limit is only watched
	 * @return the handling
	 */
	public Handling withShadow(boolean shadow) {
		return new Handling(shadow, this.onRedisError, this.count, this.block, this.key, this.headers, this.ahead);
	}

	/**
	 * The same with another decision without Redis.
	 * @param onRedisError what is decided
	 * @return the handling
	 */
	public Handling withOnRedisError(OnRedisError onRedisError) {
		return new Handling(this.shadow, onRedisError, this.count, this.block, this.key, this.headers, this.ahead);
	}

	/**
	 * The same for other requests.
	 * @param count which requests use up the limit
	 * @return the handling
	 */
	public Handling withCount(Count count) {
		return new Handling(this.shadow, this.onRedisError, count, this.block, this.key, this.headers, this.ahead);
	}

	/**
	 * The same with blocks.
	 * @param block when a subject gets nothing for a while
	 * @return the handling
	 */
	public Handling withBlock(Block block) {
		return new Handling(this.shadow, this.onRedisError, this.count, block, this.key, this.headers, this.ahead);
	}

	/**
	 * The same with permits that a node takes ahead.
	 * @param ahead how many, 0 for none
	 * @return the handling
	 */
	public Handling withAhead(long ahead) {
		return new Handling(this.shadow, this.onRedisError, this.count, this.block, this.key, this.headers, ahead);
	}

}
