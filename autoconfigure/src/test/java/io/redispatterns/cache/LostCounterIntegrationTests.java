package io.redispatterns.cache;

import java.util.List;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What evictions, restarts and people do to the counters: old values never come back.
 */
class LostCounterIntegrationTests {

	private static final String GENERATION = "test:tagged:~g";

	private static final String TAG = "test:tagged:~t:red";

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static CacheNode other;

	private final TaggedCache cache = (TaggedCache) node.cache("tagged");

	private final TaggedCache cacheOfOther = (TaggedCache) other.cache("tagged");

	@BeforeAll
	static void start() {
		node = start(redis);
		other = start(redis);
	}

	private static CacheNode start(StandaloneRedis redis) {
		return CacheNode.start(redis,
				List.of("redis.cache.caches.tagged.tags=#this", "redis.cache.caches.tagged.type=java.lang.String"));
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	@BeforeEach
	void put() {
		this.cache.put(1, "red");
		assertThat(this.cacheOfOther.get(1, String.class)).isEqualTo("red");
	}

	@Test
	void startsAgainAfterEverythingWasFlushed() {
		redis.command("FLUSHALL");
		assertThat(this.cache.get(1)).isNull();
		worksAgain();
	}

	@ParameterizedTest
	@ValueSource(strings = { GENERATION, TAG })
	void voidsWhatStoodUnderALostCounter(String counter) {
		redis.command("DEL", counter);
		assertThat(this.cache.get(1)).isNull();
		assertThat(this.cacheOfOther.get(1)).isNull();
		worksAgain();
	}

	@ParameterizedTest
	@ValueSource(strings = { GENERATION, TAG })
	void doesNotBringBackWhatWasVoidBeforeACounterWasLost(String counter) {
		if (counter.equals(TAG)) {
			this.cacheOfOther.evictTag("red");
		}
		else {
			this.cacheOfOther.clear();
		}
		redis.command("DEL", counter);
		assertThat(this.cache.get(1)).isNull();
		this.cache.put(2, "red");
		try (CacheNode fresh = start(redis)) {
			assertThat(fresh.cache("tagged").get(1)).isNull();
			fresh.cache("tagged").put(3, "red");
			assertThat(fresh.cache("tagged").get(1)).isNull();
		}
		worksAgain();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1", ":", "-1:-1", "nan:inf", "1e300:0", "99999999999999999999:0", "0:0" })
	void survivesForeignBytesInACounter(String foreign) {
		redis.command("SET", GENERATION, foreign);
		redis.command("SET", TAG, foreign);
		this.cache.get(1);
		worksAgain();
		redis.command("DEL", GENERATION, TAG);
		redis.command("LPUSH", GENERATION, "x");
		redis.command("LPUSH", TAG, "x");
		assertThat(this.cache.get(1)).isNull();
		worksAgain();
	}

	@RepeatedTest(5)
	void assertsAgainWhatAServerHasLost() {
		String before = String.valueOf(redis.command("GET", GENERATION));
		this.cache.clear();
		redis.command("SET", GENERATION, before);
		assertThat(this.cache.get(1)).as("void for the node that knows of the clear").isNull();
		this.cache.put(2, "red");
		assertThat(this.cacheOfOther.get(1)).as("void for all since that node has written").isNull();
		worksAgain();
	}

	private void worksAgain() {
		for (Cache any : List.of(this.cache, this.cacheOfOther)) {
			any.put(1, "red");
			assertThat(this.cache.get(1, String.class)).isEqualTo("red");
			assertThat(this.cacheOfOther.get(1, String.class)).isEqualTo("red");
			((TaggedCache) any).evictTag("red");
			assertThat(this.cache.get(1)).isNull();
			assertThat(this.cacheOfOther.get(1)).isNull();
			any.put(1, "red");
			any.clear();
			assertThat(this.cache.get(1)).isNull();
			assertThat(this.cacheOfOther.get(1)).isNull();
		}
	}

}
