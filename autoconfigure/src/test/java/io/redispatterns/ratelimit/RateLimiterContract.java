package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.test.RedisTopology;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link RateLimiter} promises, for every topology.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RateLimiterContract {

	private static final int REPETITIONS = Integer.getInteger("redispatterns.ratelimit.repetitions", 3);

	private RateLimitNode node;

	private RateLimitNode otherNode;

	private RateLimiter limiter;

	private RateLimiter other;

	private final RedisTopology servers;

	private final String client;

	RateLimiterContract(RedisTopology servers, String client) {
		this.servers = servers;
		this.client = client;
	}

	@BeforeAll
	void start() {
		String[] properties = { "spring.data.redis.client-type=" + this.client,
				"redis.rate-limit.policies.api.limit=100", "redis.rate-limit.policies.api.window=1h",
				"redis.rate-limit.plans.pro.api.limit=1000" };
		this.node = RateLimitNode.start(this.servers.springProperties(), properties).awaitConnection();
		this.otherNode = RateLimitNode.start(this.servers.springProperties(), properties).awaitConnection();
		this.limiter = this.node.limiter();
		this.other = this.otherNode.limiter();
	}

	@AfterAll
	void stop() {
		this.node.close();
		this.otherNode.close();
	}

	private static String subject() {
		return UUID.randomUUID().toString();
	}

	private static RateLimitPolicy hundred(Algorithm algorithm) {
		return RateLimitPolicy.of("hundred", 100, Duration.ofHours(1)).with(algorithm);
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "LEAKY_BUCKET", mode = EnumSource.Mode.EXCLUDE)
	void admitsExactlyTheLimitOfManyAtOnce(Algorithm algorithm) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(32);
		for (int repetition = 0; repetition < REPETITIONS; repetition++) {
			RateLimitRequest request = RateLimitRequest.of(subject(), hundred(algorithm));
			List<CompletableFuture<RateLimitDecision>> decisions = new ArrayList<>();
			for (int i = 0; i < 2000; i++) {
				RateLimiter asked = (i % 2 == 0) ? this.limiter : this.other;
				decisions.add((i % 4 < 2) ? CompletableFuture.supplyAsync(() -> asked.acquire(request), threads)
						: CompletableFuture.supplyAsync(() -> asked.acquireLater(request), threads)
							.thenCompose((later) -> later));
			}
			CompletableFuture.allOf(decisions.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
			assertThat(decisions.stream().map(CompletableFuture::join))
				.noneMatch((decision) -> decision.source() == Source.LOCAL)
				.filteredOn(RateLimitDecision::allowed)
				.hasSize(100);
		}
		threads.shutdown();
	}

	@Test
	void decidesForAllNodesTogether() {
		String subject = subject();
		long allowed = IntStream.range(0, 150)
			.mapToObj((i) -> ((i % 2 == 0) ? this.limiter : this.other).acquire(RateLimitRequest.of(subject, "api")))
			.filter(RateLimitDecision::allowed)
			.count();
		assertThat(allowed).isEqualTo(100);
	}

	@Test
	void tellsWhereTheSubjectStands() {
		RateLimitDecision decision = this.limiter.acquire(RateLimitRequest.of(subject(), "api").withCost(40));
		assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
		assertThat(decision.policies()).singleElement().satisfies((state) -> {
			assertThat(state.name()).isEqualTo("api");
			assertThat(state.limit()).isEqualTo(100);
			assertThat(state.remaining()).isEqualTo(60);
			assertThat(state.retryAfter()).isZero();
			assertThat(state.resetAfter()).isEqualTo(Duration.ofMinutes(24));
		});
	}

	@Test
	void asksNobodyForASubjectThatIsRefused() {
		RateLimitRequest request = RateLimitRequest.of(subject(), "api").withCost(100);
		assertThat(this.limiter.acquire(request).source()).isEqualTo(Source.REDIS);
		RateLimitDecision refused = this.limiter.acquire(request);
		assertThat(refused.outcome()).isEqualTo(Outcome.DENIED);
		Map<String, Long> before = this.servers.commandStats();
		for (int i = 0; i < 100; i++) {
			RateLimitDecision again = this.limiter.acquire(request);
			assertThat(again.source()).isEqualTo(Source.DENY_CACHE);
			assertThat(again.retryAfter()).isPositive().isLessThanOrEqualTo(refused.retryAfter());
		}
		// Probes of the guard are scripts too
		assertThat(this.servers.commandStats().getOrDefault("evalsha", 0L))
			.isLessThan(before.getOrDefault("evalsha", 0L) + 50);
		assertThat(this.limiter.acquire(request.withCost(99)).source()).as("a lower cost").isEqualTo(Source.REDIS);
		assertThat(this.limiter.acquire(request.withPlan("pro")).source()).as("another plan").isEqualTo(Source.REDIS);
	}

	@Test
	void allowsWhoRetriesAtTheRetryInstant() {
		RateLimitPolicy fast = RateLimitPolicy.of("fast", 10, Duration.ofSeconds(1)).with(Algorithm.SLIDING_WINDOW);
		RateLimitRequest request = RateLimitRequest.of(subject(), fast).withCost(10);
		assertThat(this.limiter.acquire(request).allowed()).isTrue();
		RateLimitDecision refused = this.limiter.acquire(request);
		long retryAt = System.nanoTime() + refused.retryAfter().toNanos();
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - retryAt >= 0);
		assertThat(this.limiter.acquire(request).allowed()).isTrue();
	}

	@Test
	void peeksWithoutTaking() {
		RateLimitRequest request = RateLimitRequest.of(subject(), "api");
		this.limiter.acquire(request);
		for (int i = 0; i < 3; i++) {
			assertThat(this.other.peek(request).policies().get(0).remaining()).isEqualTo(99);
		}
	}

	@Test
	void settlesAndReleases() {
		RateLimitRequest request = RateLimitRequest.of(subject(), "api").withCost(100);
		Permit permit = this.limiter.acquire(request).permit();
		assertThat(this.limiter.acquire(request.withCost(1)).allowed()).isFalse();
		this.limiter.settle(permit, 30).join();
		assertThat(this.limiter.acquire(request.withCost(70)).allowed()).isTrue();
		assertThat(this.limiter.acquire(request.withCost(1)).allowed()).isFalse();
		RateLimitPolicy two = RateLimitPolicy.of("two", 2, Duration.ofMinutes(1)).with(Algorithm.CONCURRENCY);
		RateLimitRequest lease = RateLimitRequest.of(subject(), two);
		Permit first = this.limiter.acquire(lease).permit();
		this.other.acquire(lease);
		assertThat(this.limiter.acquire(lease).allowed()).isFalse();
		this.other.release(first).join();
		assertThat(this.limiter.acquire(lease).allowed()).isTrue();
	}

	@Test
	void resetsAndBlocks() {
		RateLimitRequest request = RateLimitRequest.of(subject(), "api").withCost(100);
		this.limiter.acquire(request);
		this.limiter.reset(request.subject());
		assertThat(this.limiter.acquire(request).allowed()).isTrue();
		this.limiter.reset(request.subject(), "api");
		this.other.block(request.subject(), Duration.ofHours(1));
		RateLimitDecision blocked = this.limiter.acquire(request);
		assertThat(blocked.outcome()).isEqualTo(Outcome.BLOCKED);
		assertThat(blocked.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
		assertThat(this.limiter.acquire(request).source()).isEqualTo(Source.DENY_CACHE);
		this.limiter.block(request.subject(), Duration.ZERO);
		assertThat(this.limiter.acquire(request).allowed()).isTrue();
	}

	@Test
	void blocksWhoGoesOnLongerEachTime() {
		Block block = new Block(3, Duration.ofMillis(500), 4, Duration.ofHours(1));
		RateLimitPolicy login = RateLimitPolicy.of("login", 1, Duration.ofMinutes(15))
			.with(Algorithm.SLIDING_WINDOW)
			.with(Handling.DEFAULT.withBlock(block));
		RateLimitRequest request = RateLimitRequest.of(subject(), login);
		assertThat(this.limiter.acquire(request).allowed()).isTrue();
		assertThat(Stream.generate(() -> this.limiter.acquire(request).outcome()).limit(3))
			.containsOnly(Outcome.DENIED);
		RateLimitDecision blocked = this.other.acquire(request);
		assertThat(blocked.outcome()).isEqualTo(Outcome.BLOCKED);
		assertThat(blocked.blockedFor()).isLessThanOrEqualTo(Duration.ofMillis(500));
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.limiter.acquire(request).blockedFor().compareTo(Duration.ofMillis(600)) > 0);
	}

	@Test
	void changedPolicyGoesOnFromWhatWasCounted() {
		RateLimitPolicy policy = RateLimitPolicy.of("changing", 10, Duration.ofHours(1)).with(Algorithm.SLIDING_WINDOW);
		this.node.policies().define(policy);
		RateLimitRequest request = RateLimitRequest.of(subject(), "changing");
		assertThat(this.limiter.acquire(request.withCost(10)).allowed()).isTrue();
		assertThat(this.limiter.acquire(request).allowed()).isFalse();
		this.node.policies().define(policy.withLimit(12));
		assertThat(this.limiter.acquire(request).policies().get(0).remaining()).isEqualTo(1);
		this.node.policies().define(policy.withLimit(5));
		assertThat(this.limiter.acquire(request).allowed()).isFalse();
	}

	@Test
	void takesPermitsAheadForASubjectThatManyAskFor() {
		RateLimitPolicy ahead = RateLimitPolicy.of("ahead", 1000, Duration.ofHours(1))
			.with(Algorithm.SLIDING_WINDOW)
			.with(Handling.DEFAULT.withAhead(100));
		RateLimitRequest request = RateLimitRequest.of(subject(), ahead);
		List<RateLimitDecision> allowed = new ArrayList<>();
		for (int wave = 0; wave < 150; wave++) {
			List<CompletableFuture<RateLimitDecision>> decisions = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				decisions.add(((i % 2 == 0) ? this.limiter : this.other).acquireLater(request));
			}
			decisions.stream().map(CompletableFuture::join).filter(RateLimitDecision::allowed).forEach(allowed::add);
		}
		assertThat(allowed).hasSizeBetween(600, 1000);
		assertThat(allowed.stream().map(RateLimitDecision::source)).contains(Source.LEASE);
		// What was taken ahead and not needed goes back
		Awaitility.await().until(() -> {
			this.limiter.acquire(request.withCost(1000));
			this.other.acquire(request.withCost(1000));
			return this.limiter.peek(request).policies().get(0).remaining() == 1000 - allowed.size();
		});
	}

	@Test
	void losesNoDecisionWhileScriptsAreFlushed() {
		RateLimitRequest request = RateLimitRequest.of(subject(), "api");
		long allowed = 0;
		for (int i = 0; i < 300; i++) {
			if (i % 3 == 0) {
				this.servers.processes().forEach((process) -> process.command("SCRIPT", "FLUSH"));
			}
			// Two nodes, so that what one remembers does not answer for both
			RateLimitDecision decision = ((i % 2 == 0) ? this.limiter : this.other).acquire(request);
			assertThat(decision.source()).isNotEqualTo(Source.LOCAL);
			allowed += decision.allowed() ? 1 : 0;
		}
		assertThat(allowed).isEqualTo(100);
	}

	@Test
	void keepsSubjectsApart() {
		List<String> subjects = List.of("a", "a:api", "{a}", "a}:api", "ä", "%61", "a".repeat(300), "a".repeat(301),
				"");
		for (String subject : subjects) {
			RateLimitRequest request = RateLimitRequest.of(subject, "api");
			assertThat(this.limiter.acquire(request.withCost(99)).policies().get(0).remaining()).isEqualTo(1);
		}
		for (String subject : subjects) {
			assertThat(this.other.peek(RateLimitRequest.of(subject, "api")).policies().get(0).remaining()).isEqualTo(1);
			this.limiter.reset(subject);
		}
	}

}
