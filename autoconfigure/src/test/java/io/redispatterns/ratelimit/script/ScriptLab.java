package io.redispatterns.ratelimit.script;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.redispatterns.Patience;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.awaitility.Awaitility;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The scripts under a time that a test tells, on a real server.
 */
final class ScriptLab implements AutoCloseable {

	static final LuaScript<Long> SINGLE = LuaScript.returningNumber(Scripts.class, "keyed.lua", "single.lua");

	private final AnnotationConfigApplicationContext context;

	private final RedisExecutor redis;

	private final BooleanSupplier shortest;

	private final AtomicLong leases = new AtomicLong();

	private ScriptLab(AnnotationConfigApplicationContext context, RedisExecutor redis, BooleanSupplier shortest) {
		this.context = context;
		this.redis = redis;
		this.shortest = shortest;
	}

	ScriptLab(Map<String, String> redis) {
		this.context = new AnnotationConfigApplicationContext();
		this.shortest = () -> true;
		TestPropertyValues.of("redis.namespace=test").and(Patience.SETTINGS.stream()).and(redis).applyTo(this.context);
		this.context.register(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class);
		this.context.refresh();
		this.redis = this.context.getBean(RedisExecutor.class);
		Awaitility.await().ignoreExceptions().until(() -> this.redis.await(this.redis.time()) > 0);
	}

	/**
	 * The script that decides over some policies, begun and ended by other files.
	 */
	static LuaScript<byte[]> decide(String begin, String end, RateLimitPolicy... policies) {
		EnumSet<Engine> engines = EnumSet.noneOf(Engine.class);
		Arrays.stream(policies).map((policy) -> Engine.of(policy.algorithm())).forEach(engines::add);
		return LuaScript.returningBytes(Scripts.class, Scripts.files(begin, engines, end));
	}

	/**
	 * The same lab where a test says, request by request, whether the shortest script for
	 * the policies decides or the one that decides over any.
	 */
	ScriptLab by(BooleanSupplier shortest) {
		return new ScriptLab(this.context, this.redis, shortest);
	}

	Verdict ask(String subject, long now, long cost, RateLimitPolicy... policies) {
		return ask(subject, now, new long[] { cost }, new long[0], policies)[0];
	}

	Verdict[] ask(String subject, long now, long[] costs, long[] owed, RateLimitPolicy... policies) {
		return decide(true, subject, now, costs, owed, policies);
	}

	Verdict look(String subject, long now, long cost, RateLimitPolicy... policies) {
		return decide(false, subject, now, new long[] { cost }, new long[0], policies)[0];
	}

	private Verdict[] decide(boolean take, String subject, long now, long[] costs, long[] owed,
			RateLimitPolicy... policies) {
		long[] told = (owed.length > 0 || this.shortest.getAsBoolean()) ? owed : new long[policies.length];
		return this.redis.await(new PolicyScript(List.of(policies)).decide(at(now, policies),
				PolicyScript.text("{" + subject + "}"), take, costs, "lease" + this.leases.incrementAndGet(), told));
	}

	/**
	 * The way to a server where it is another time.
	 */
	private RedisExecutor at(long now, RateLimitPolicy... policies) {
		return (RedisExecutor) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { RedisExecutor.class }, (proxy, method, run) -> {
					byte[][] keys = (byte[][]) run[1];
					byte[][] arguments = (byte[][]) run[2];
					if (run[0] == SingleBucket.SCRIPT) {
						byte[][] keyed = Arrays.copyOf(keys, keys.length + 1);
						keyed[keys.length] = PolicyScript.number(now);
						return this.redis.run(SINGLE, keyed, arguments);
					}
					return this.redis.run(decide("told.lua", "decide.lua", policies), keys,
							withTimes(arguments, now, 0));
				});
	}

	void settle(String subject, long now, long given, long difference, RateLimitPolicy policy) {
		Engine engine = Engine.of(policy.algorithm());
		LuaScript<Long> script = LuaScript.returningNumber(Scripts.class,
				Scripts.files("told.lua", EnumSet.of(engine), "settle.lua"));
		byte[][] arguments = { PolicyScript.number(given), PolicyScript.number(difference),
				PolicyScript.text(engine.letter()), PolicyScript.number(policy.capacity()),
				PolicyScript.number(Engine.span(policy)) };
		this.redis
			.await(this.redis.run(script, new byte[][] { PolicyScript.text("{" + subject + "}:" + policy.name()) },
					withTimes(arguments, now, 0)));
	}

	/**
	 * Ask one after another without waiting for the answers.
	 * @param script the script
	 * @param times the server's time at each request, and the client's
	 * @param costs the cost of each
	 */
	List<Verdict> askAll(LuaScript<byte[]> script, String subject, RateLimitPolicy policy, long[][] times,
			long[] costs) {
		PolicyScript arguments = new PolicyScript(List.of(policy));
		byte[][] keys = arguments.keys(PolicyScript.text("{" + subject + "}"));
		List<Verdict> verdicts = new ArrayList<>();
		List<CompletableFuture<byte[]>> replies = new ArrayList<>();
		for (int i = 0; i < costs.length; i++) {
			replies.add(this.redis.run(script, keys,
					withTimes(arguments.arguments(true, new long[] { costs[i] }, "" + i, new long[0]), times[i][0],
							times[i][1])));
			if (replies.size() == 500 || i == costs.length - 1) {
				replies.forEach((reply) -> verdicts.add(arguments.verdicts(this.redis.await(reply), 1, "")[0]));
				replies.clear();
			}
		}
		return verdicts;
	}

	private static byte[][] withTimes(byte[][] arguments, long server, long client) {
		byte[][] told = Arrays.copyOf(arguments, arguments.length + 2);
		told[arguments.length] = PolicyScript.number(server);
		told[arguments.length + 1] = PolicyScript.number(client);
		return told;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
