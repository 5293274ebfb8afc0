package io.redispatterns.redis.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.redis.Availability.Outage;
import io.redispatterns.redis.AvailabilityHealthIndicator;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the kernel comes back to the shared connection of Lettuce.
 */
class LettuceLinkIntegrationTests {

	private static final byte[] KEY = RedisExecutorContract.bytes("kernel:link");

	@Test
	void fetchesAConnectionThatWasReset(@Redis StandaloneRedis server) {
		returnsAfter(server, LettuceConnectionFactory::resetConnection);
	}

	@Test
	void fetchesAConnectionOfAClusterThatWasReset(@Redis ClusterRedis cluster) {
		returnsAfter(cluster, LettuceConnectionFactory::resetConnection);
	}

	@Test
	void fetchesTheConnectionOfAFactoryThatWasStoppedAndStarted(@Redis StandaloneRedis server) {
		returnsAfter(server, (factory) -> {
			factory.stop();
			factory.start();
		});
	}

	private static void returnsAfter(RedisTopology servers, Consumer<LettuceConnectionFactory> interruption) {
		// A pool would keep the connection open
		try (Kernel kernel = Kernel.start(servers.springProperties(), "lettuce",
				"spring.data.redis.lettuce.pool.enabled=false")) {
			kernel.awaitAnswer();
			interruption.accept(kernel.bean(LettuceConnectionFactory.class));
			kernel.awaitAnswer();
		}
	}

	@Test
	void usesAServerAgainThatWasKilledAndStarted(@Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce")) {
			kernel.awaitAnswer();
			AvailabilityHealthIndicator indicator = kernel.bean(AvailabilityHealthIndicator.class);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			server.server().kill();
			Awaitility.await()
				.untilAsserted(() -> assertThatExceptionOfType(RedisFailureException.class)
					.isThrownBy(() -> kernel.redis().await(kernel.redis().get(KEY))));
			Health health = indicator.health();
			Outage outage = kernel.redis().availability().outage();
			assertThat(outage).isNotNull();
			assertThat(health.getStatus()).isEqualTo(new Status("DEGRADED"));
			assertThat(health.getDetails()).containsEntry("since", outage.since().toString()).containsKey("reason");
			server.server().restart();
			kernel.awaitAnswer();
			Awaitility.await().until(() -> {
				kernel.redis().await(kernel.redis().time());
				return kernel.redis().availability().outage() == null;
			});
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			Awaitility.await().until(Kernel::connectThreads, (threads) -> threads == 0);
		}
	}

	@Test
	void sendsInOrderWhatWaitedForOneAttempt(@Redis StandaloneRedis server) {
		server.command("SCRIPT", "LOAD", Kernel.SET.text());
		server.server().freeze();
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce", "redis.resilience.command-timeout=30s",
				"redis.resilience.connect-timeout=30s")) {
			RedisExecutor redis = kernel.redis();
			List<CompletableFuture<?>> writes = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				writes.add(Kernel.set(redis, KEY, RedisExecutorContract.bytes("value " + i), 60_000));
			}
			CompletableFuture<byte[][]> read = redis.get(KEY);
			assertThat(read).isNotDone();
			assertThat(Kernel.connectThreads()).isEqualTo(1);
			server.server().thaw();
			writes.forEach(redis::await);
			assertThat(redis.await(read)[0]).asString().isEqualTo("value 99");
			Awaitility.await().until(Kernel::connectThreads, (threads) -> threads == 0);
		}
	}

}
