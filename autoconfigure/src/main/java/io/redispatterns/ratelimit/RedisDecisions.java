package io.redispatterns.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.NodeDecisions.Asked;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.call.Debts;
import io.redispatterns.ratelimit.call.EvictionCheck;
import io.redispatterns.ratelimit.call.Flights;
import io.redispatterns.ratelimit.call.Flights.Answer;
import io.redispatterns.ratelimit.call.Gate;
import io.redispatterns.ratelimit.call.Stock;
import io.redispatterns.ratelimit.policy.RateLimitPlanResolver;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.script.PolicyScript;
import io.redispatterns.ratelimit.script.SubjectScripts;
import io.redispatterns.ratelimit.script.Verdict;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;

/**
 * Where each decision comes from: what this node remembers, the server, or this node
 * alone.
 */
final class RedisDecisions {

	private static final int LANES = 16;

	private static final int SLOT_BITS = 10;

	private static final int MAX_SCRIPTS = 10_000;

	private final RedisExecutor redis;

	private final Keys keys;

	private final Settings settings;

	private final NodeDecisions node;

	private final Debts debts;

	private final Stock stock;

	private final Flights flights;

	private final EvictionCheck evictions;

	private final Gate[] gates;

	private final Map<List<RateLimitPolicy>, PolicyScript> rules = new ConcurrentHashMap<>();

	private final SubjectScripts scripts;

	RedisDecisions(RedisExecutor redis, Keys keys, Settings settings, NodeDecisions node) {
		this.redis = redis;
		this.keys = keys;
		this.settings = settings;
		this.node = node;
		this.stock = new Stock(settings.nanoTime(), this::giveBack);
		this.flights = new Flights(redis, node.limiter(), node.leaseNames(), this.stock);
		this.scripts = new SubjectScripts(redis);
		this.debts = new Debts(redis, this.scripts, node.limiter(), this::key);
		this.evictions = new EvictionCheck(redis);
		this.gates = Stream.generate(settings.gates()).limit(redis.isSingleServer() ? 1 : LANES).toArray(Gate[]::new);
	}

	/**
	 * Find the policies that are in force for a request.
	 */
	Asked asked(RateLimitRequest request) {
		List<RateLimitPolicy> inForce = inForce(request);
		PolicyScript script = this.rules.get(inForce);
		if (script == null) {
			if (this.rules.size() >= MAX_SCRIPTS) {
				this.rules.clear();
			}
			script = this.rules.computeIfAbsent(List.copyOf(inForce), PolicyScript::new);
		}
		// What no policy ever gives is all the same, and must not overflow
		long cost = Math.min(request.cost(), script.most() + 1);
		return new Asked(request.subject(), key(request.subject()), script, cost);
	}

	private List<RateLimitPolicy> inForce(RateLimitRequest request) {
		List<String> names = request.names();
		if (names.isEmpty()) {
			return request.policies();
		}
		RateLimitPolicies known = this.settings.policies();
		String plan = (request.plan() != null) ? request.plan() : this.settings.plans().plan(request.subject());
		if (names.size() == 1 && request.policies().isEmpty()) {
			return List.of(known.get(names.get(0), plan));
		}
		List<RateLimitPolicy> inForce = new ArrayList<>();
		for (String name : names) {
			inForce.add(known.get(name, plan));
		}
		inForce.addAll(request.policies());
		return inForce;
	}

	RateLimitPolicies policies() {
		return this.settings.policies();
	}

	SubjectScripts scripts() {
		return this.scripts;
	}

	byte[] key(String subject) {
		return this.keys.key(subject);
	}

	/**
	 * Decide what the server need not, or cannot, be asked.
	 * @return the decision, {@code null} when the server is to be asked
	 */
	@Nullable RateLimitDecision withoutServer(Asked asked) {
		if (asked.isNeverGiven()) {
			return told(asked, asked.never());
		}
		Verdict stocked = this.stock.take(asked.script(), asked.subject(), asked.cost());
		if (stocked != null) {
			return decided(asked, stocked, Source.LEASE);
		}
		RateLimitDecision refusal = this.node.refusal(asked);
		if (refusal != null) {
			return told(asked, refusal);
		}
		return gate(asked).isOpen(() -> look(asked), this.debts::tell) ? null : alone(asked, true);
	}

	CompletableFuture<Answer> ask(Asked asked, boolean attended) {
		this.evictions.begin(asked.key());
		return this.flights.ask(asked.script(), asked.subject(), asked.key(), asked.cost(), attended);
	}

	CompletableFuture<Verdict> look(Asked asked) {
		PolicyScript script = asked.script();
		return this.redis
			.bounded(script.decide(this.redis, asked.key(), false, new long[] { asked.cost() }, "", new long[0]))
			.thenApply((verdicts) -> verdicts[0]);
	}

	RateLimitDecision decided(Asked asked, Answer answer) {
		return decided(asked, answer.verdict(), answer.shared() ? Source.COALESCED : Source.REDIS);
	}

	private RateLimitDecision decided(Asked asked, Verdict verdict, Source source) {
		RateLimitDecision decision = asked.decision(verdict, source);
		this.node.learn(asked, verdict, decision.permit());
		return told(asked, decision);
	}

	private void giveBack(PolicyScript script, String subject, Verdict verdict, long permits) {
		this.redis.bounded(this.scripts.settle(key(subject), script.policies(), verdict.micros(), -permits));
	}

	void forget(String subject) {
		this.stock.forget(subject);
		this.node.forget(subject);
	}

	RateLimitDecision failed(Asked asked, Throwable thrown) {
		Throwable ex = Failures.unwrap(thrown);
		Kind kind = (ex instanceof RedisFailureException failure) ? failure.kind() : Kind.TIMEOUT;
		if (kind == Kind.TIMEOUT || kind == Kind.AWAY) {
			gate(asked).shut();
		}
		// What may have run on the server is counted there
		return alone(asked, kind != Kind.TIMEOUT);
	}

	/**
	 * Decide without the server.
	 * @param owed whether the server is to be told when it is back
	 */
	RateLimitDecision alone(Asked asked, boolean owed) {
		return told(asked, this.node.decide(asked, owed));
	}

	boolean isAway() {
		return Stream.of(this.gates).anyMatch(Gate::isShut);
	}

	private RateLimitDecision told(Asked asked, RateLimitDecision decision) {
		this.settings.listener().decided(asked.script().policies(), decision);
		return decision;
	}

	private Gate gate(Asked asked) {
		return (this.gates.length == 1) ? this.gates[0]
				: this.gates[ClusterSlotHashUtil.calculateSlot(asked.key()) >> SLOT_BITS];
	}

	/**
	 * What decides on a request.
	 *
	 * @param policies the policies by name
	 * @param plans tells plans
	 * @param gates makes the gates before the servers
	 * @param nanoTime a clock that never goes back
	 * @param listener is told every decision
	 */
	record Settings(RateLimitPolicies policies, RateLimitPlanResolver plans, Supplier<Gate> gates,
			LongSupplier nanoTime, Listener listener) {

	}

	/**
	 * Is told every decision.
	 */
	@FunctionalInterface
	interface Listener {

		/**
		 * Take note of a decision.
		 */
		void decided(List<RateLimitPolicy> policies, RateLimitDecision decision);

	}

}
