package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.LuaScript;

/**
 * What a sliding window has to stand: never more than the limit in any trailing window,
 * and nearly all that an exact one would admit, whoever asks with whichever clock.
 */
final class Exam {

	static final int LIMIT = 100;

	private static final long EPOCH = 1_795_199_603_946_400L;

	private static final long HOUR = 3_600_000_000L;

	private static final double LEAST = 0.98;

	private final ScriptLab lab;

	private final LuaScript<byte[]> script;

	private final RateLimitPolicy policy;

	private final long seed;

	Exam(ScriptLab lab, LuaScript<byte[]> script, Algorithm algorithm, long seed) {
		this.lab = lab;
		this.script = script;
		this.policy = RateLimitPolicy.of("exam", LIMIT, Duration.ofMinutes(1)).with(algorithm);
		this.seed = seed;
	}

	/**
	 * What the script does wrong.
	 * @param weighted whether requests have costs of their own
	 */
	List<String> faults(boolean weighted) {
		List<String> faults = new ArrayList<>();
		Random random = new Random(this.seed);
		for (Arrivals arrivals : arrivals(random)) {
			check(weighted ? arrivals.weighted(random) : arrivals, faults);
		}
		storm(weighted, random, faults);
		return faults;
	}

	private static List<Arrivals> arrivals(Random random) {
		double rate = LIMIT / 60.0;
		List<Arrivals> all = new ArrayList<>();
		for (double load : new double[] { 0.8, 1, 1.2, 3, 10 }) {
			all.add(Arrivals.poisson(EPOCH, (load < 5) ? 600 : 300, rate * load, random));
		}
		all.add(Arrivals.bursts(EPOCH, 600, rate, random));
		all.add(Arrivals.boundary(EPOCH, 600, LIMIT));
		return all;
	}

	private void check(Arrivals arrivals, List<String> faults) {
		Random random = new Random(this.seed);
		// Four nodes whose clocks are hours apart
		long[][] times = LongStream.of(arrivals.times())
			.mapToObj((time) -> new long[] { time, time + (random.nextInt(4) - 2) * HOUR })
			.toArray(long[][]::new);
		List<Verdict> verdicts = this.lab.askAll(this.script, UUID.randomUUID().toString(), this.policy, times,
				arrivals.costs());
		check(arrivals, verdicts, faults);
	}

	/**
	 * Clients that ask again as soon as they are answered: when refused, most of them at
	 * the retry instant, and two at once whatever they are told.
	 */
	private void storm(boolean weighted, Random random, List<String> faults) {
		String subject = UUID.randomUUID().toString();
		PriorityQueue<long[]> due = new PriorityQueue<>(Comparator.comparingLong((client) -> client[0]));
		for (int client = 0; client < 12; client++) {
			due.add(new long[] { EPOCH + random.nextInt(1_000_000), client, weighted ? 1 + random.nextInt(5) : 1 });
		}
		LongStream.Builder times = LongStream.builder();
		LongStream.Builder costs = LongStream.builder();
		List<Verdict> verdicts = new ArrayList<>();
		while (due.element()[0] < EPOCH + 3 * this.policy.windowMicros()) {
			long[] client = due.remove();
			long[][] time = { { client[0], client[0] + (client[1] % 4 - 2) * HOUR } };
			times.add(client[0]);
			costs.add(client[2]);
			Verdict verdict = this.lab.askAll(this.script, subject, this.policy, time, new long[] { client[2] }).get(0);
			verdicts.add(verdict);
			long wait = verdict.retryAfter().toNanos() / 1000;
			client[0] += (wait > 0 && client[1] > 1) ? wait : 100_000 + random.nextInt(100_000);
			due.add(client);
		}
		check(new Arrivals("retry storm", times.build().toArray(), costs.build().toArray()), verdicts, faults);
	}

	private void check(Arrivals arrivals, List<Verdict> verdicts, List<String> faults) {
		boolean[] admitted = new boolean[verdicts.size()];
		for (int i = 0; i < admitted.length; i++) {
			admitted[i] = verdicts.get(i).states().get(0).retryAfter().isZero();
		}
		long most = mostInAWindow(arrivals, admitted);
		if (most > LIMIT) {
			faults
				.add("%s: %.3f times the limit in a trailing window".formatted(arrivals.name(), most / (double) LIMIT));
		}
		double part = sum(arrivals, admitted) / (double) sum(arrivals, exact(arrivals));
		if (part < LEAST) {
			faults.add("%s: %.3f of what an exact window admits".formatted(arrivals.name(), part));
		}
		System.out.printf("seed %d, %s, %s: %.3f of the limit, %.4f of the exact admissions%n", this.seed,
				this.policy.algorithm(), arrivals.name(), most / (double) LIMIT, part);
	}

	private long mostInAWindow(Arrivals arrivals, boolean[] admitted) {
		long most = 0;
		long sum = 0;
		int first = 0;
		for (int i = 0; i < admitted.length; i++) {
			if (admitted[i]) {
				sum += arrivals.costs()[i];
			}
			while (arrivals.times()[first] <= arrivals.times()[i] - this.policy.windowMicros()) {
				if (admitted[first]) {
					sum -= arrivals.costs()[first];
				}
				first++;
			}
			most = Math.max(most, sum);
		}
		return most;
	}

	private boolean[] exact(Arrivals arrivals) {
		Oracle.Log log = new Oracle.Log();
		boolean[] admitted = new boolean[arrivals.times().length];
		for (int i = 0; i < admitted.length; i++) {
			admitted[i] = log.wait(this.policy, arrivals.times()[i], arrivals.costs()[i]) == 0;
			if (admitted[i]) {
				log.take(this.policy, arrivals.times()[i], arrivals.costs()[i]);
			}
		}
		return admitted;
	}

	private static long sum(Arrivals arrivals, boolean[] admitted) {
		long sum = 0;
		for (int i = 0; i < admitted.length; i++) {
			if (admitted[i]) {
				sum += arrivals.costs()[i];
			}
		}
		return sum;
	}

}
