package io.redispatterns.faults;

import java.time.Duration;
import java.util.Map;

import io.redispatterns.test.StandaloneRedis;

/**
 * Recipes that more than one test uses.
 */
final class ServerFaults {

	static final Limits HANG = Limits.OUTAGE.timeouts((5L + Scale.current().threads()) * Scale.current().nodes());

	private ServerFaults() {
	}

	static Figures hang(String client, StandaloneRedis redis, String... properties) {
		try (FaultRun run = new FaultRun(Scale.current())) {
			return run.start(client, redis.springProperties(), properties)
				.heal(redis.server()::thaw)
				.run(redis.server()::freeze);
		}
	}

	static Figures run(Scale scale, String client, Map<String, String> redis, Runnable fault, Runnable heal) {
		try (FaultRun run = new FaultRun(scale)) {
			return run.start(client, redis).heal(heal).run(fault);
		}
	}

	/**
	 * The scale for a fault that heals by itself or that the application has to leave.
	 */
	static Scale lasting(Duration fault) {
		return Scale.current().fault(fault);
	}

	static void nothing() {
	}

}
