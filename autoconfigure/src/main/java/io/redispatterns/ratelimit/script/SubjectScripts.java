package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.RedisExecutor;

/**
 * Everything that changes what is counted of a subject, except decisions.
 */
public final class SubjectScripts {

	private final RedisExecutor redis;

	/**
	 * Create the scripts.
	 * @param redis the way to the server
	 */
	public SubjectScripts(RedisExecutor redis) {
		this.redis = redis;
	}

	/**
	 * Correct what was counted.
	 * @param subject the key of the subject
	 * @param policies what was counted
	 * @param micros when
	 * @param difference permits used less permits given
	 * @return the reply
	 */
	public CompletableFuture<Long> settle(byte[] subject, List<RateLimitPolicy> policies, long micros,
			long difference) {
		List<RateLimitPolicy> counted = policies.stream()
			.filter((policy) -> policy.algorithm() != Algorithm.CONCURRENCY)
			.toList();
		if (counted.isEmpty() || difference == 0) {
			return CompletableFuture.completedFuture(0L);
		}
		EnumSet<Engine> engines = EnumSet.noneOf(Engine.class);
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(PolicyScript.number(micros));
		arguments.add(PolicyScript.number(difference));
		for (RateLimitPolicy policy : counted) {
			Engine engine = Engine.of(policy.algorithm());
			engines.add(engine);
			arguments.add(PolicyScript.text(engine.letter()));
			arguments.add(PolicyScript.number(policy.capacity()));
			arguments.add(PolicyScript.number(Engine.span(policy)));
		}
		return this.redis.run(Scripts.settle(engines), states(subject, counted), arguments.toArray(byte[][]::new));
	}

	/**
	 * Tell what was given without the server.
	 * @param subject the key of the subject
	 * @param policy what it was given of
	 * @param owed permits that the server does not know of
	 * @param lost permits that it may have known of, for the case that it knows nothing
	 * @return the reply
	 */
	public CompletableFuture<Long> tell(byte[] subject, RateLimitPolicy policy, long owed, long lost) {
		Engine engine = Engine.of(policy.algorithm());
		return this.redis.run(Scripts.tell(EnumSet.of(engine)), states(subject, List.of(policy)),
				PolicyScript.number(owed), PolicyScript.number(lost), PolicyScript.text(engine.letter()),
				PolicyScript.number(policy.capacity()), PolicyScript.number(Engine.span(policy)));
	}

	/**
	 * Give leases back.
	 * @param subject the key of the subject
	 * @param policies what they are of
	 * @param lease what they are known by
	 * @param count how many there are of each policy
	 * @return the reply
	 */
	public CompletableFuture<Long> release(byte[] subject, List<RateLimitPolicy> policies, String lease, long count) {
		List<RateLimitPolicy> leased = policies.stream()
			.filter((policy) -> policy.algorithm() == Algorithm.CONCURRENCY)
			.toList();
		if (leased.isEmpty() || count == 0 || lease.isEmpty()) {
			return CompletableFuture.completedFuture(0L);
		}
		byte[][] names = IntStream.rangeClosed(1, (int) count)
			.mapToObj((i) -> PolicyScript.text(lease + ":" + i))
			.toArray(byte[][]::new);
		return this.redis.run(Scripts.RELEASE, states(subject, leased), names);
	}

	/**
	 * Block a subject.
	 * @param subject the key of the subject
	 * @param length for how long, zero to end a block
	 * @return the reply
	 */
	public CompletableFuture<Long> block(byte[] subject, Duration length) {
		return this.redis.run(Scripts.BLOCK, new byte[][] { subject },
				PolicyScript.text(Long.toString(length.toNanos() / 1000)));
	}

	/**
	 * Forget what was counted, and blocks.
	 * @param subject the key of the subject
	 * @param names names of policies
	 * @return the reply
	 */
	public CompletableFuture<Long> reset(byte[] subject, Collection<String> names) {
		List<byte[]> keys = new ArrayList<>(List.of(subject));
		for (String name : names) {
			keys.add(key(subject, name));
			keys.add(key(subject, name + ":b"));
		}
		return this.redis.run(Scripts.RESET, keys.toArray(byte[][]::new));
	}

	private static byte[][] states(byte[] subject, List<RateLimitPolicy> policies) {
		return policies.stream().map((policy) -> key(subject, policy.name())).toArray(byte[][]::new);
	}

	private static byte[] key(byte[] subject, String suffix) {
		byte[] tail = PolicyScript.text(":" + suffix);
		byte[] key = Arrays.copyOf(subject, subject.length + tail.length);
		System.arraycopy(tail, 0, key, subject.length, tail.length);
		return key;
	}

}
