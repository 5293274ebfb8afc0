package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a node that never writes serves from near it while servers of a cluster die, hang,
 * or do not hear each other.
 */
@Tag("timed")
class NearClusterFaultsIntegrationTests {

	private static final Duration MAX_SILENCE = Duration.ofSeconds(1);

	private static final Duration BOUND = MAX_SILENCE.plusMillis(1_250);

	private static final String READER = "near-reader";

	private static final String PUBLISH = "4";

	@Redis({ "--cluster-node-timeout", "1000" })
	static ClusterRedis cluster;

	private CacheNode writer;

	private CacheNode reader;

	@BeforeEach
	void start() {
		start(cluster, "lettuce");
	}

	private void start(ClusterRedis redis, String client) {
		this.writer = node(redis, "near-writer", "lettuce");
		this.reader = node(redis, READER, client);
		NearCacheContract.awaitNear(this.writer, this.reader);
	}

	private static CacheNode node(ClusterRedis redis, String name, String client) {
		List<String> all = new ArrayList<>(NearCacheContract.NEAR);
		all.addAll(List.of("redis.invalidation.max-silence=" + MAX_SILENCE, "redis.cache.nodes.silent-after=0",
				"redis.cache.defaults.outage-time-to-live=0", "spring.data.redis.client-name=" + name,
				"spring.data.redis.client-type=" + client));
		return CacheNode.start(redis.springProperties(), all);
	}

	@AfterEach
	void stop() {
		this.reader.close();
		this.writer.close();
	}

	/**
	 * The server by way of which the reader hears.
	 */
	private static RedisProcess heard(ClusterRedis redis) {
		return redis.processes()
			.stream()
			.filter((each) -> String.valueOf(each.command("CLIENT", "LIST", "TYPE", "pubsub")).contains(READER))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * A key on a master that nothing happens to: a failover may lose what was
	 * acknowledged.
	 */
	private Staleness race(ClusterRedis redis, RedisProcess hurt) {
		String key = IntStream.range(0, 1000)
			.mapToObj((i) -> "key" + i)
			.filter((each) -> !redis.masterOf("test:stale:{s" + each + "}").equals(hurt))
			.findFirst()
			.orElseThrow();
		return new Staleness(this.writer, this.reader, key).during(Duration.ofMillis(500));
	}

	private void verify(Staleness staleness) throws InterruptedException {
		NearCacheContract.awaitNear(this.writer, this.reader);
		staleness.during(Duration.ofMillis(500)).close();
		await().until(staleness::agrees);
		assertThat(staleness.reads()).isPositive();
		assertThat(staleness.longest()).isLessThanOrEqualTo(BOUND);
		assertThat(((RedisCacheAside) this.reader.cache("stale")).near().hits()).isPositive();
	}

	@Test
	void servesNothingOlderThanTheBoundWhenTheServerThatItHearsIsKilled() throws InterruptedException {
		RedisProcess heard = heard(cluster);
		Staleness staleness = race(cluster, heard);
		heard.kill();
		cluster.awaitStable();
		verify(staleness);
		heard.restart();
		cluster.awaitStable();
	}

	@Test
	void servesNothingOlderThanTheBoundWhenAMasterHangsUntilItsReplicaTakesOver() throws InterruptedException {
		RedisProcess master = cluster.masters().get(0);
		Staleness staleness = race(cluster, master);
		master.freeze();
		cluster.awaitStable();
		verify(staleness);
		master.thaw();
		cluster.awaitStable();
	}

	@Test
	void trustsAgainSoonAfterAMasterHungWithJedis() throws InterruptedException {
		stop();
		start(cluster, "jedis");
		RedisProcess heard = heard(cluster);
		Staleness staleness = race(cluster, heard);
		heard.freeze();
		staleness.during(Duration.ofSeconds(2));
		heard.thaw();
		long begun = System.nanoTime();
		verify(staleness);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
		cluster.awaitStable();
	}

	/**
	 * Needs servers that can be told to lose messages, as those of Redis 7 can.
	 */
	@Test
	@Tag("on-demand")
	void servesNothingOlderThanTheBoundWhenTheBusLosesMessages(
			@Redis({ "--enable-debug-command", "yes" }) ClusterRedis lossy) throws InterruptedException {
		stop();
		start(lossy, "lettuce");
		RedisProcess heard = heard(lossy);
		Staleness staleness = race(lossy, heard);
		for (int i = 0; i < 20; i++) {
			heard.command("DEBUG", "DROP-CLUSTER-PACKET-FILTER", PUBLISH);
			staleness.during(Duration.ofMillis(20L * i));
			heard.command("DEBUG", "DROP-CLUSTER-PACKET-FILTER", "-1");
			staleness.during(Duration.ofMillis(20L * i));
		}
		heard.command("DEBUG", "DROP-CLUSTER-PACKET-FILTER", PUBLISH);
		staleness.during(Duration.ofSeconds(4));
		heard.command("DEBUG", "DROP-CLUSTER-PACKET-FILTER", "-1");
		System.out.printf("With a bus that loses messages: %d reads, longest %s%n", staleness.reads(),
				staleness.longest());
		verify(staleness);
	}

}
