package io.redispatterns.ratelimit.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

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

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final RedisExecutor redis;

	private final AtomicLong leases = new AtomicLong();

	ScriptLab(Map<String, String> redis) {
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

	Verdict ask(String subject, long now, long cost, RateLimitPolicy... policies) {
		return ask(subject, now, new long[] { cost }, new long[0], policies)[0];
	}

	Verdict[] ask(String subject, long now, long[] costs, long[] owed, RateLimitPolicy... policies) {
		PolicyScript script = new PolicyScript(List.of(policies));
		String lease = "lease" + this.leases.incrementAndGet();
		byte[][] arguments = withTimes(script.arguments(true, costs, lease, owed), now, 0);
		byte[] reply = this.redis.await(this.redis.run(decide("told.lua", "decide.lua", policies),
				script.keys(PolicyScript.text("{" + subject + "}")), arguments));
		return script.verdicts(reply, costs.length, lease);
	}

	Verdict look(String subject, long now, long cost, RateLimitPolicy... policies) {
		PolicyScript script = new PolicyScript(List.of(policies));
		byte[][] arguments = withTimes(script.arguments(false, new long[] { cost }, "", new long[0]), now, 0);
		byte[] reply = this.redis.await(this.redis.run(decide("told.lua", "decide.lua", policies),
				script.keys(PolicyScript.text("{" + subject + "}")), arguments));
		return script.verdicts(reply, 1, "")[0];
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
