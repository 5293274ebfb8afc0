package io.redispatterns.write.behind;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.Patience;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class WriteBehindWithoutRedisIntegrationTests {

	private static final String WARNING = "Redis keeps no append-only file";

	private final String namespace = ShopNode.namespace();

	@Test
	void acceptsNothingWithoutRedisAndNothingLate(@Redis StandaloneRedis redis) {
		try (ShopNode node = ShopNode.start(this.namespace, redis.springProperties(), new PriceShop(),
				Patience.without("redis.resilience.command-timeout=500ms"))) {
			RedisExecutor executor = node.get(RedisExecutor.class);
			Awaitility.await().until(() -> executor.now(new byte[1]) > 0);
			node.shop().close();
			node.calls().set(new Price("before", 1));
			redis.server().freeze();
			long begin = System.nanoTime();
			assertThatExceptionOfType(WriteBehindException.class)
				.isThrownBy(() -> node.calls().set(new Price("frozen", 1)))
				.withMessageStartingWith("Queue 'prices' has not acknowledged a change: ")
				.satisfies((ex) -> assertThat(ex.isFull()).isFalse());
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			// A caller may be told before its time is over, within which the change may
			// still run
			Awaitility.await().until(() -> System.nanoTime() - begin > Duration.ofSeconds(1).toNanos());
			redis.server().thaw();
			Awaitility.await().ignoreExceptions().until(() -> node.calls().set(new Price("after", 1)) != null);
			node.shop().open();
			Awaitility.await().ignoreExceptions().until(() -> node.depth().changes() == 0);
			assertThat(node.shop().table).containsOnlyKeys("before", "after");
		}
	}

	@Test
	void answersFromTheDatabaseWithoutRedis(@Redis StandaloneRedis redis) {
		try (ShopNode node = ShopNode.start(this.namespace, redis.springProperties(), new PriceShop(),
				Patience.without("redis.resilience.command-timeout=500ms"))) {
			node.shop().table.put("a", new Price("a", 1));
			redis.server().freeze();
			assertThat(node.calls().find("a")).isEqualTo(new Price("a", 1));
			redis.server().thaw();
		}
	}

	@Test
	void warnsOfAServerThatForgets(CapturedOutput output) {
		try (StandaloneRedis forgetful = StandaloneRedis.start("--maxmemory-policy", "allkeys-lru", "--appendonly",
				"no"); ShopNode node = ShopNode.start(this.namespace, forgetful.springProperties(), new PriceShop())) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce(WARNING).contains("Redis evicts any key"));
			assertThat(node.depth().changes()).isZero();
		}
	}

	@Test
	void isSilentOnAServerThatKeepsALog(CapturedOutput output) {
		try (StandaloneRedis careful = StandaloneRedis.start("--appendonly", "yes");
				ShopNode node = ShopNode.start(this.namespace, careful.springProperties(), new PriceShop())) {
			node.calls().set(new Price("a", 1));
			node.awaitFlush();
			assertThat(output).doesNotContain(WARNING).doesNotContain("Redis evicts any key");
		}
	}

	@Test
	void tellsWhatWaitsAndWhatFails(@Redis StandaloneRedis redis) {
		try (ShopNode node = ShopNode.start(this.namespace, redis.springProperties(), new PriceShop())) {
			MeterRegistry meters = node.get(MeterRegistry.class);
			new WriteBehindMetrics(node.get(Queues.class)).bindTo(meters);
			WriteBehindHealthIndicator health = new WriteBehindHealthIndicator(node.get(Queues.class));
			assertThat(health.health()).isNotNull().extracting(Health::getStatus).isEqualTo(Status.UP);
			node.shop().close();
			node.calls().set(new Price("a", 1));
			Awaitility.await().until(() -> meters.get("redis.write.behind.failed").functionCounter().count() > 0);
			assertThat(meters.get("redis.write.behind.depth").tag("queue", "prices").gauge().value()).isOne();
			assertThat(meters.get("redis.write.behind.lag").timeGauge().value()).isPositive();
			assertThat(health.health()).isNotNull().satisfies((degraded) -> {
				assertThat(degraded.getStatus().getCode()).isEqualTo("DEGRADED");
				assertThat(degraded.getDetails().get("prices")).asString()
					.startsWith("1 waiting for PT")
					.endsWith("0 dead");
			});
			node.shop().open();
			node.awaitFlush();
			Awaitility.await().until(() -> meters.get("redis.write.behind.flushed").functionCounter().count() == 1);
			assertThat(meters.get("redis.write.behind.dead").gauge().value()).isZero();
		}
	}

}
