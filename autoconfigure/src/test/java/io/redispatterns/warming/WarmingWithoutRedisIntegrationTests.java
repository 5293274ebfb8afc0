package io.redispatterns.warming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Warming while Redis is away, and the gate that waits for it.
 */
@Timeout(120)
class WarmingWithoutRedisIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private String namespace = "";

	@BeforeEach
	void reset(TestInfo test) {
		Albums.reset();
		this.namespace = test.getTestMethod().orElseThrow().getName();
	}

	@AfterEach
	void letGo() {
		Albums.wire = (id) -> id;
	}

	private WarmNode start(FaultProxy proxy, String... properties) {
		List<String> settings = new ArrayList<>(List.of(properties));
		settings.add("redis.namespace=" + this.namespace);
		settings.add("redis.warming.rate=20");
		settings.add("redis.cache.nodes.dead-after=4s");
		return WarmNode.start(redis.springProperties(proxy), settings, Albums.Catalogue.class, Albums.OnStart.class,
				Context.class);
	}

	@Test
	void startsWithoutRedisAndWarmsOnceItAnswers() {
		try (FaultProxy proxy = redis.server().newProxy()) {
			proxy.refuse();
			long begun = System.nanoTime();
			try (WarmNode node = start(proxy)) {
				System.out.printf("started in %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
				await().pollDelay(Duration.ofSeconds(2)).until(() -> node.get(WarmUps.class).isRunning());
				assertThat(Albums.warmUps).isEmpty();
				assertThat(Albums.loads).isEmpty();
				proxy.heal();
				await().atMost(Duration.ofSeconds(30)).until(() -> node.runs("albums") == 1);
				assertThat(Albums.loads).hasSize(Albums.SIZE);
			}
		}
	}

	@Test
	void loadsNothingWhileRedisIsAwayAndLeavesItToAnotherNode() {
		try (FaultProxy proxy = redis.server().newProxy(); WarmNode cut = start(proxy)) {
			await().until(() -> Albums.loads.size() > 4);
			proxy.refuse();
			proxy.reset();
			await().until(() -> cut.get(RedisExecutor.class).availability().outage() != null);
			await().pollDelay(Duration.ofMillis(300)).until(() -> true);
			int loads = Albums.loads.size();
			assertThat(loads).isLessThan(Albums.SIZE - 2);
			long begun = System.nanoTime();
			try (WarmNode other = start(redis.proxy())) {
				await().atMost(Duration.ofSeconds(30)).until(() -> other.runs("albums") == 1);
				long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
				System.out.printf("taken over and warmed after %d ms, %d loads%n", took, Albums.loads.size());
				assertThat(cut.runs("albums")).isZero();
				assertThat(Albums.loads.size()).as("no load beside those of the other").isLessThan(Albums.SIZE + 3);
				proxy.heal();
				await().until(() -> !cut.get(WarmUps.class).isRunning());
				assertThat(cut.runs("albums")).isZero();
				assertThat(Albums.warmUps).hasSize(2);
			}
		}
	}

	@Test
	void acceptsTrafficWhenTheWarmUpHasEnded() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		Albums.wire = (id) -> {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return id;
		};
		CompletableFuture<WarmNode> starting = CompletableFuture.supplyAsync(
				() -> start(redis.proxy(), "redis.warming.readiness-gate=true"), (task) -> new Thread(task).start());
		await().until(() -> !Albums.loads.isEmpty());
		ApplicationAvailability availability = Objects.requireNonNull(Context.latest)
			.getBean(ApplicationAvailability.class);
		AtomicBoolean accepted = new AtomicBoolean();
		await().during(Duration.ofMillis(500)).until(() -> {
			accepted.compareAndSet(false, availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
			return true;
		});
		assertThat(accepted).isFalse();
		release.countDown();
		try (WarmNode node = starting.get(30, TimeUnit.SECONDS)) {
			assertThat(node.runs("albums")).isEqualTo(1);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	@Test
	void acceptsTrafficAtTheLatestAfterTheTimeout() {
		try (FaultProxy proxy = redis.server().newProxy()) {
			proxy.refuse();
			try (WarmNode node = start(proxy, "redis.warming.readiness-gate=true", "redis.warming.timeout=1s")) {
				assertThat(node.runs("albums")).isZero();
				assertThat(node.get(ApplicationAvailability.class).getReadinessState())
					.isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			}
		}
	}

	/**
	 * Gives away the context that is starting.
	 */
	static class Context {

		static volatile ApplicationContext latest;

		Context(ApplicationContext context) {
			latest = context;
		}

	}

}
