package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;

/**
 * Who takes part, in what, and how it is opened on the server of the run. A new
 * contestant is a {@link TrackCache} and a constant here.
 */
enum Contestant {

	RAW_LETTUCE("raw-lettuce", RawLettuce::new, Work.HIT, Work.PUT, Work.BULK, Work.CLEAR),

	LETTUCE_AND_JACKSON("lettuce+jackson", LettuceAndJackson::new, Work.HIT, Work.PUT, Work.BULK),

	LETTUCE_AND_SCRIPT("lettuce+jackson, SET in a script", LettuceAndJackson::scripted, Work.PUT),

	SPRING_DATA_REDIS("spring-data-redis, as shipped", (port) -> SpringDataRedis.open(port, (writes) -> {
	}), Work.HIT, Work.BULK, Work.CLEAR),

	SPRING_DATA_REDIS_IMMEDIATE("spring-data-redis, immediate writes",
			(port) -> SpringDataRedis.open(port, RedisCacheWriterConfigurer::immediateWrites), Work.PUT, Work.CLEAR),

	SPRING_DATA_REDIS_SCAN("spring-data-redis, immediate writes, SCAN",
			(port) -> SpringDataRedis.open(port,
					(writes) -> writes.immediateWrites().batchStrategy(BatchStrategies.scan(1000))),
			Work.CLEAR),

	SPRING_DATA_REDIS_LOCKING("spring-data-redis, locking",
			(port) -> SpringDataRedis.open(port, (writes) -> writes.immediateWrites().enableLocking()), Work.HERD),

	REDISSON("redisson", (port) -> RedissonSpring.open(port, Duration.ZERO), Work.HERD, Work.HIT, Work.PUT, Work.BULK,
			Work.CLEAR),

	REDISSON_TTL("redisson, time-to-live", (port) -> RedissonSpring.open(port, Duration.ofMinutes(10)), Work.HIT,
			Work.PUT, Work.BULK, Work.CLEAR),

	JETCACHE("jetcache", JetCacheLettuce::new, Work.HERD, Work.HIT, Work.PUT, Work.BULK),

	REDIS_PATTERNS("redis-patterns", RedisPatterns::open, Work.HERD, Work.HIT, Work.PUT, Work.BULK, Work.CLEAR),

	CAFFEINE("raw caffeine", (port) -> new CaffeineTracks(), Work.NEAR),

	SPRING_CAFFEINE("spring's caffeine cache", (port) -> CaffeineTracks.behindSpring(), Work.NEAR),

	JETCACHE_TWO_LEVEL("jetcache, two levels", JetCacheLettuce::twoLevels, Work.NEAR),

	REDISSON_LOCAL("redisson, local map", RedissonLocalMap::new, Work.NEAR, Work.SEEN),

	PUB_SUB("raw pub/sub, with the value", PubSub::withValues, Work.SEEN),

	PUB_SUB_THEN_GET("raw pub/sub, then a GET", PubSub::aboutValues, Work.SEEN),

	REDIS_PATTERNS_NEAR("redis-patterns, near", RedisPatterns::near, Work.NEAR, Work.SEEN),

	REDIS_PATTERNS_LEASE("redis-patterns, guard: lease",
			(port) -> RedisPatterns.open(port, "redis.stampede.guard=lease"), Work.HERD);

	/** What the others are compared with, always part of a run. */
	static final List<Contestant> FLOORS = List.of(RAW_LETTUCE, LETTUCE_AND_JACKSON, CAFFEINE, SPRING_CAFFEINE);

	private final String label;

	private final IntFunction<TrackCache> opening;

	private final Set<Work> works;

	Contestant(String label, IntFunction<TrackCache> opening, Work first, Work... others) {
		this.label = label;
		this.opening = opening;
		this.works = EnumSet.of(first, others);
	}

	/**
	 * The two that the others are compared with in a work.
	 */
	static List<Contestant> floors(Work work) {
		return (work == Work.NEAR) ? List.of(CAFFEINE, SPRING_CAFFEINE) : List.of(RAW_LETTUCE, LETTUCE_AND_JACKSON);
	}

	static List<Contestant> in(Work work) {
		return Stream.of(values()).filter((contestant) -> contestant.works.contains(work)).toList();
	}

	String label() {
		return this.label;
	}

	TrackCache open(int port) {
		return this.opening.apply(port);
	}

}
