package io.redispatterns.ratelimit.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The script that decides over some policies together, and its arguments. What a policy
 * says travels with each call, so that the server holds nothing but what was counted.
 */
public final class PolicyScript {

	private static final byte[] TAKE = text("1");

	private static final byte[] LOOK = text("0");

	private static final byte[] NOTHING = {};

	private static final byte[][] NUMBERS = IntStream.range(0, 256)
		.mapToObj((number) -> text(Integer.toString(number)))
		.toArray(byte[][]::new);

	private final List<RateLimitPolicy> policies;

	private final EnumSet<Engine> engines = EnumSet.noneOf(Engine.class);

	private final byte[][] suffixes;

	private final byte[][] numbers;

	private final LuaScript<byte[]> script;

	private final @Nullable SingleBucket single;

	private final long ahead;

	private final long least;

	private final long most;

	/**
	 * Create the script of some policies.
	 * @param policies the policies
	 * @throws IllegalArgumentException if two are of one name
	 */
	public PolicyScript(List<RateLimitPolicy> policies) {
		if (policies.stream().map(RateLimitPolicy::name).distinct().count() < policies.size()) {
			throw new IllegalArgumentException("'policies' must have different names but were " + policies);
		}
		this.policies = policies;
		List<String> states = new ArrayList<>();
		List<String> violations = new ArrayList<>();
		List<byte[]> numbers = new ArrayList<>();
		for (RateLimitPolicy policy : policies) {
			Engine engine = Engine.of(policy.algorithm());
			this.engines.add(engine);
			states.add(":" + policy.name());
			if (policy.handling().block().isActive()) {
				violations.add(":" + policy.name() + ":b");
			}
			numbers.add(text(engine.letter()));
			numbers.add(number(policy.capacity()));
			numbers.add(number(Engine.span(policy)));
			numbers.add(more(policy, 0));
		}
		states.addAll(violations);
		this.suffixes = states.stream().map(PolicyScript::text).toArray(byte[][]::new);
		this.numbers = numbers.toArray(byte[][]::new);
		this.script = Scripts.decide(this.engines);
		this.single = SingleBucket.of(policies);
		this.least = policies.stream()
			.filter((policy) -> !policy.handling().shadow())
			.mapToLong(RateLimitPolicy::capacity)
			.min()
			.orElse(Long.MAX_VALUE);
		this.most = policies.stream().mapToLong(RateLimitPolicy::capacity).max().orElse(0);
		this.ahead = policies.stream().mapToLong((policy) -> policy.handling().ahead()).min().orElse(0);
	}

	/**
	 * The policies.
	 * @return the policies in the order of their states
	 */
	public List<RateLimitPolicy> policies() {
		return this.policies;
	}

	/**
	 * Whether a refusal stands until its retry instant, so that it can be remembered:
	 * permits may be given back earlier, and refused requests may be counted.
	 * @return whether no policy gives back or counts
	 */
	public boolean isRefusalFinal() {
		return this.policies.stream()
			.allMatch((policy) -> policy.algorithm() != Algorithm.CONCURRENCY && policy.handling().count() == Count.ALL
					&& !policy.handling().block().isActive());
	}

	/**
	 * The most that all policies give at once that are enforced.
	 * @return permits
	 */
	public long least() {
		return this.least;
	}

	/**
	 * The most that any policy gives at once.
	 * @return permits
	 */
	public long most() {
		return this.most;
	}

	/**
	 * How many permits a node takes ahead.
	 * @return the least that a policy allows
	 */
	public long ahead() {
		return this.ahead;
	}

	/**
	 * Whether leases are given.
	 * @return whether a policy counts what is going on at the same time
	 */
	public boolean hasLeases() {
		return this.engines.contains(Engine.LEASES);
	}

	/**
	 * Have the server decide some requests of one subject, one after another.
	 * @param redis the way to the server
	 * @param subject the key of the subject, which its block is under
	 * @param take whether permits are taken
	 * @param costs cost of each request
	 * @param lease begin of the names of leases
	 * @param owed permits of each policy that were given without the server, empty for
	 * none
	 * @return the verdicts in the order of the requests
	 */
	public CompletableFuture<Verdict[]> decide(RedisExecutor redis, byte[] subject, boolean take, long[] costs,
			String lease, long[] owed) {
		SingleBucket bucket = this.single;
		if (bucket == null || owed.length > 0) {
			return decideAll(redis, subject, take, costs, lease, owed);
		}
		return redis.run(SingleBucket.SCRIPT, keys(subject), bucket.arguments(take, costs))
			.thenCompose((back) -> (back >= 0) ? CompletableFuture.completedFuture(bucket.verdicts(back, take, costs))
					: decideAll(redis, subject, take, costs, lease, owed));
	}

	private CompletableFuture<Verdict[]> decideAll(RedisExecutor redis, byte[] subject, boolean take, long[] costs,
			String lease, long[] owed) {
		return redis.run(this.script, keys(subject), arguments(take, costs, lease, owed))
			.thenApply((reply) -> verdicts(reply, costs.length, lease));
	}

	/**
	 * The script.
	 * @return the constant script of the engines in use
	 */
	LuaScript<byte[]> script() {
		return this.script;
	}

	byte[][] keys(byte[] subject) {
		byte[][] keys = new byte[this.suffixes.length + 1][];
		keys[0] = subject;
		for (int i = 0; i < this.suffixes.length; i++) {
			byte[] suffix = this.suffixes[i];
			byte[] key = new byte[subject.length + suffix.length];
			System.arraycopy(subject, 0, key, 0, subject.length);
			System.arraycopy(suffix, 0, key, subject.length, suffix.length);
			keys[i + 1] = key;
		}
		return keys;
	}

	byte[][] arguments(boolean take, long[] costs, String lease, long[] owed) {
		byte[][] arguments = new byte[4 + costs.length + this.numbers.length][];
		arguments[0] = take ? TAKE : LOOK;
		arguments[1] = number(this.policies.size());
		arguments[2] = number(costs.length);
		for (int i = 0; i < costs.length; i++) {
			arguments[3 + i] = number(costs[i]);
		}
		arguments[3 + costs.length] = hasLeases() ? text(lease) : NOTHING;
		System.arraycopy(this.numbers, 0, arguments, 4 + costs.length, this.numbers.length);
		for (int i = 0; i < owed.length; i++) {
			if (owed[i] > 0) {
				arguments[4 + costs.length + 4 * i + 3] = more(this.policies.get(i), owed[i]);
			}
		}
		return arguments;
	}

	Verdict[] verdicts(byte[] reply, int requests, String lease) {
		Numbers numbers = new Numbers(reply);
		long micros = numbers.next();
		Verdict[] verdicts = new Verdict[requests];
		for (int i = 0; i < requests; i++) {
			Duration blocked = numbers.nextMicros();
			PolicyState[] states = new PolicyState[this.policies.size()];
			for (int j = 0; j < states.length; j++) {
				Duration wait = numbers.nextMicros();
				states[j] = new PolicyState(this.policies.get(j), wait.isZero(), numbers.next(), wait,
						numbers.nextMicros());
			}
			String name = hasLeases() ? lease + ":" + (i + 1) : "";
			verdicts[i] = new Verdict(micros, blocked, List.of(states), name);
		}
		return verdicts;
	}

	static byte[] number(long number) {
		return (number >= 0 && number < NUMBERS.length) ? NUMBERS[(int) number] : text(Long.toString(number));
	}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] more(RateLimitPolicy policy, long owed) {
		Block block = policy.handling().block();
		boolean shadow = policy.handling().shadow();
		if (!shadow && owed == 0 && !block.isActive()) {
			return NOTHING;
		}
		return text("%d %d %d %d %s %d".formatted(shadow ? 1 : 0, owed, block.after(), block.length().toNanos() / 1000,
				block.multiplier(), block.max().toNanos() / 1000));
	}

}
