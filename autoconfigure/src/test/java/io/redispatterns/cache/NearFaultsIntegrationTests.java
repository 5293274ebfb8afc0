package io.redispatterns.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.message.InvalidationMessage;
import io.redispatterns.test.Redis;
import io.redispatterns.test.SentinelRedis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import io.redispatterns.test.proxy.FaultProxy.Direction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a node that never writes serves from near it while its link is broken.
 */
@Tag("timed")
class NearFaultsIntegrationTests {

	private static final Duration MAX_SILENCE = Duration.ofSeconds(1);

	@Redis
	static StandaloneRedis redis;

	private FaultProxy proxy;

	private CacheNode writer;

	private CacheNode reader;

	@BeforeEach
	void start() {
		this.proxy = redis.server().newProxy();
		this.writer = start(redis.springProperties());
		this.reader = start(redis.springProperties(this.proxy));
		NearCacheContract.awaitNear(this.writer, this.reader);
	}

	private static CacheNode start(Map<String, String> properties) {
		List<String> all = new ArrayList<>(NearCacheContract.NEAR);
		all.add("redis.invalidation.max-silence=" + MAX_SILENCE);
		all.add("redis.cache.nodes.silent-after=0");
		// What the writer keeps for itself while Redis is away is not acknowledged
		all.add("redis.cache.defaults.outage-time-to-live=0");
		return CacheNode.start(properties, all);
	}

	@AfterEach
	void stop() {
		this.proxy.heal();
		this.reader.close();
		this.writer.close();
		this.proxy.close();
	}

	private RedisCacheAside stale() {
		return (RedisCacheAside) this.reader.cache("stale");
	}

	/**
	 * The near cache serves again, and nothing that is old.
	 */
	private void verify(Staleness staleness) throws InterruptedException {
		verify(staleness, this.writer, this.reader);
	}

	private static void verify(Staleness staleness, CacheNode writer, CacheNode reader) throws InterruptedException {
		NearCacheContract.awaitNear(writer, reader);
		staleness.close();
		await().until(staleness::agrees);
		assertThat(staleness.reads()).isPositive();
		assertThat(staleness.longest()).isLessThanOrEqualTo(MAX_SILENCE);
		assertThat(writes(reader)).as("writes of the node that reads").isZero();
	}

	/**
	 * A node that writes would hide that it has not heard of others.
	 */
	private static long writes(CacheNode node) {
		return Stream.of("stale", "trusted")
			.map((name) -> ((RedisCacheAside) node.cache(name)).statistics())
			.mapToLong((counted) -> counted.of(Event.PUT) + counted.of(Event.REMOVAL) + counted.of(Event.OUTDATED))
			.sum();
	}

	@Test
	void servesNothingOldWhenAllIsWell() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofSeconds(1));
		verify(staleness);
		assertThat(stale().near().hits()).isPositive();
	}

	/** F18. */
	@Test
	void servesNothingOlderThanTheBoundOnAHalfOpenSubscription() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofMillis(300));
		this.proxy.deadSubscribers();
		verify(staleness.during(Duration.ofSeconds(2)));
	}

	/** F19. */
	@Test
	void servesNothingOlderThanTheBoundWhileSubscriptionsAreCutAgainAndAgain() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader);
		for (int i = 0; i < 8; i++) {
			staleness.during(Duration.ofMillis(250));
			this.proxy.cutSubscribers();
		}
		verify(staleness);
	}

	@Test
	void servesNothingOlderThanTheBoundWhenTheServerEndsSubscriptions() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader);
		for (int i = 0; i < 5; i++) {
			staleness.during(Duration.ofMillis(200));
			redis.command("CLIENT", "KILL", "TYPE", "pubsub");
		}
		verify(staleness);
	}

	@Test
	void servesNothingOlderThanTheBoundWhenItsOutputBufferIsOverrun() throws InterruptedException {
		redis.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 1mb 0 0");
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofMillis(300));
		String message = new String(
				new InvalidationMessage(WriteKind.EVICT.letter(), 7, 0, 0, "other", new byte[1 << 16]).encode(),
				StandardCharsets.US_ASCII);
		long listening = listening();
		this.proxy.stopReading();
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
			redis.command("PUBLISH", "test:inv:writes", message);
			return listening() < listening;
		});
		staleness.during(Duration.ofMillis(1_500));
		this.proxy.heal();
		verify(staleness.during(Duration.ofMillis(500)));
		redis.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 32mb 8mb 60");
	}

	private static long listening() {
		return String.valueOf(redis.command("CLIENT", "LIST", "TYPE", "pubsub")).lines().count();
	}

	/** F22. */
	@Test
	void servesNothingOlderThanTheBoundWhenOnlyItsLinkHangs() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofMillis(300));
		this.proxy.stopReading();
		staleness.during(Duration.ofSeconds(2));
		this.proxy.heal();
		verify(staleness.during(Duration.ofMillis(500)));
	}

	/** F22, the other way round. */
	@Test
	void servesNothingOlderThanTheBoundWhenOnlyTheLinkOfTheWriterHangs() throws InterruptedException {
		try (FaultProxy link = redis.server().newProxy(); CacheNode writing = start(redis.springProperties(link))) {
			NearCacheContract.awaitNear(writing, this.reader);
			Staleness staleness = new Staleness(writing, this.reader).during(Duration.ofMillis(300));
			link.stopReading();
			staleness.during(Duration.ofSeconds(2));
			link.heal();
			verify(staleness.during(Duration.ofMillis(500)), writing, this.reader);
		}
	}

	/** F22, and nothing says so. */
	@Test
	void servesNothingOlderThanTheBoundWhenItHearsNothing() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofMillis(300));
		this.proxy.swallow(Direction.TO_CLIENT);
		staleness.during(Duration.ofSeconds(2));
		this.proxy.heal();
		verify(staleness.during(Duration.ofMillis(500)));
	}

	@Test
	void servesNothingOlderThanTheBoundWhenTheServerHangs() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofMillis(300));
		redis.server().freeze();
		staleness.during(Duration.ofMillis(2_500));
		redis.server().thaw();
		verify(staleness.during(Duration.ofMillis(500)));
	}

	@Test
	void servesNothingOlderThanTheBoundWhenTheServerIsRestarted() throws InterruptedException {
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofMillis(300));
		redis.server().kill();
		staleness.during(Duration.ofMillis(300));
		redis.server().restart();
		verify(staleness.during(Duration.ofMillis(500)));
	}

	@Test
	void servesNothingOlderThanTheBoundOverAFailover(@Redis SentinelRedis sentinel) throws InterruptedException {
		try (CacheNode writing = start(sentinel.springProperties());
				CacheNode reading = start(sentinel.springProperties())) {
			NearCacheContract.awaitNear(writing, reading);
			Staleness staleness = new Staleness(writing, reading).during(Duration.ofMillis(300));
			sentinel.failover();
			staleness.during(Duration.ofSeconds(2));
			verify(staleness, writing, reading);
		}
	}

	@Test
	void servesNothingOlderThanTheBoundOnALossyLink() throws InterruptedException {
		this.proxy.loss(0.2, 42);
		Staleness staleness = new Staleness(this.writer, this.reader).during(Duration.ofSeconds(3));
		this.proxy.heal();
		verify(staleness);
	}

	@Test
	void servesNothingFromNearAfterTheCut() {
		RedisCacheAside cache = stale();
		await().until(() -> {
			this.writer.cache("stale").put("cut", "old");
			cache.get("cut");
			return cache.near().find("cut") != null;
		});
		this.proxy.close();
		await().atMost(MAX_SILENCE).until(() -> cache.near().find("cut") == null);
		assertThat(cache.get("cut")).isNull();
	}

}
