package io.redispatterns.cache;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Stream;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.cache.Cache;
import org.springframework.cache.annotation.CachePut;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that carry a version, written in one order and put in another.
 */
class VersionIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static CacheNode other;

	private final String key = UUID.randomUUID().toString();

	private final RedisCacheAside cache = (RedisCacheAside) node.cache("expressed");

	private final RedisCacheAside seen = (RedisCacheAside) other.cache("expressed");

	@BeforeAll
	static void start() {
		List<String> properties = List.of("redis.cache.caches.expressed.version=revision",
				type("expressed", Plain.class), type("annotated", Annotated.class), type("bean", Bean.class),
				type("timed", Timed.class), type("plain", Plain.class));
		node = CacheNode.start(redis, properties, Plains.class);
		other = CacheNode.start(redis, properties, Plains.class);
		node.awaitConnection();
		other.awaitConnection();
	}

	private static String type(String cache, Class<?> type) {
		return "redis.cache.caches." + cache + ".type=" + type.getName();
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	static Stream<Kind> kinds() {
		return Stream.of(new Kind("expressed", (version) -> new Plain(version, "")),
				new Kind("annotated", (version) -> new Annotated(version, "")), new Kind("bean", Bean::of),
				new Kind("timed", (version) -> new Timed(Instant.ofEpochSecond(version), "")));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void leavesTheNewerValueWhenPutsArriveInReverse(Kind kind) {
		RedisCacheAside one = (RedisCacheAside) node.cache(kind.cache());
		RedisCacheAside two = (RedisCacheAside) other.cache(kind.cache());
		Object newer = kind.value().apply(2);
		long before = two.statistics().of(Event.OUTDATED);
		long stored = two.statistics().of(Event.PUT);
		one.put(this.key, newer);
		two.put(this.key, kind.value().apply(1));
		assertThat(fromStore(one)).isEqualTo(newer);
		assertThat(two.statistics().of(Event.OUTDATED) - before).isEqualTo(1);
		assertThat(two.statistics().of(Event.PUT) - stored).isZero();
		Object newest = kind.value().apply(3);
		two.put(this.key, newest);
		assertThat(fromStore(one)).isEqualTo(newest);
	}

	private Object fromStore(Cache cache) {
		return Objects.requireNonNull(cache.get(this.key)).get();
	}

	@ParameterizedTest
	@CsvSource({ "-9223372036854775808, -1", "-1, 0", "-9223372036854775808, 9223372036854775807",
			"9223372036854775806, 9223372036854775807", "-9223372036854775808, -9223372036854775807",
			"9007199254740992, 9007199254740993", "-9007199254740993, -9007199254740992", "4294967295, 4294967296",
			"2147483647, 2147483648", "-4294967297, -4294967296", "127, 128", "255, 256" })
	void comparesVersionsOfAnySize(long lower, long higher) {
		this.cache.put(this.key, new Plain(higher, "new"));
		this.seen.put(this.key, new Plain(lower, "old"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(higher, "new"));
		this.seen.evict(this.key);
		this.cache.put(this.key, new Plain(lower, "old"));
		this.seen.put(this.key, new Plain(higher, "new"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(higher, "new"));
	}

	@Test
	void replacesAnEqualVersion() {
		this.cache.put(this.key, new Plain(5L, "one"));
		this.seen.put(this.key, new Plain(5L, "two"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(5L, "two"));
	}

	@Test
	void keepsWhatAPutOnAMissThatWasOvertakenHasFoundToBeAsNew() {
		assertThat(this.cache.get(this.key)).isNull();
		this.seen.put(this.key, new Plain(2L, "new"));
		this.cache.put(this.key, new Plain(2L, "new"));
		this.seen.put(this.key, new Plain(1L, "old"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(2L, "new"));
		this.cache.evict(this.key);
		assertThat(this.cache.get(this.key)).isNull();
		this.seen.put(this.key, new Plain(2L, "one"));
		this.cache.put(this.key, new Plain(2L, "two"));
		assertThat(this.cache.get(this.key)).as("which of them is newer").isNull();
	}

	@Test
	void replacesWhereOneSideHasNoVersion() {
		this.cache.put(this.key, new Plain(5L, "one"));
		this.seen.put(this.key, new Plain(null, "two"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(null, "two"));
		this.seen.put(this.key, new Plain(-5L, "three"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(-5L, "three"));
		this.seen.put(this.key, null);
		assertThat(this.cache.get(this.key)).isNotNull().satisfies((found) -> assertThat(found.get()).isNull());
	}

	@Test
	void comparesNothingWithoutAVersion() {
		node.cache("plain").put(this.key, new Plain(5L, "one"));
		other.cache("plain").put(this.key, new Plain(4L, "two"));
		assertThat(node.cache("plain").get(this.key, Plain.class)).isEqualTo(new Plain(4L, "two"));
	}

	@Test
	void replacesWhatIsNotAnEntry() {
		this.cache.put(this.key, new Plain(5L, "one"));
		redis.command("SETRANGE", "test:expressed:{s" + this.key + "}", "0", "x");
		this.seen.put(this.key, new Plain(4L, "two"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(4L, "two"));
		redis.command("DEL", "test:expressed:{s" + this.key + "}");
		redis.command("LPUSH", "test:expressed:{s" + this.key + "}", "x");
		this.seen.put(this.key, new Plain(3L, "three"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(3L, "three"));
	}

	@Test
	void comparesEachValueOfPutAll() {
		long before = this.seen.statistics().of(Event.OUTDATED);
		this.cache.put(this.key, new Plain(5L, "new"));
		this.seen.putAll(Map.of(this.key, new Plain(4L, "old"), this.key + "b", new Plain(4L, "only")));
		assertThat(this.cache.getAll(List.of(this.key, this.key + "b")).values()).containsExactly(new Plain(5L, "new"),
				new Plain(4L, "only"));
		assertThat(this.seen.statistics().of(Event.OUTDATED) - before).isEqualTo(1);
	}

	@Test
	void voidsTheLoadsThatBeganBeforeAnOlderPut() {
		this.cache.put(this.key, new Plain(5L, "void"));
		this.cache.clear();
		assertThat(this.cache.get(this.key, () -> {
			this.seen.put(this.key, new Plain(4L, "put"));
			return new Plain(3L, "loaded");
		})).isEqualTo(new Plain(3L, "loaded"));
		assertThat(this.cache.get(this.key)).isNull();
	}

	@Test
	void keepsAVoidEntryOfAHigherVersionUntilALoad() {
		this.cache.put(this.key, new Plain(5L, "void"));
		this.cache.clear();
		this.seen.put(this.key, new Plain(4L, "put"));
		assertThat(this.cache.get(this.key, () -> new Plain(4L, "loaded"))).isEqualTo(new Plain(4L, "loaded"));
		assertThat(this.seen.get(this.key, Plain.class)).isEqualTo(new Plain(4L, "loaded"));
	}

	@Test
	void replacesAVoidEntryOfAHigherVersionByAPutThatFollowsAMiss() {
		this.cache.put(this.key, new Plain(5L, "void"));
		this.cache.clear();
		assertThat(this.seen.get(this.key)).isNull();
		this.seen.put(this.key, new Plain(4L, "put"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(4L, "put"));
	}

	/**
	 * Both misses share a lease, and the newer value may have been written since.
	 */
	@Test
	void leavesTheNewerOfTwoValuesThatFollowMisses() {
		assertThat(this.cache.get(this.key)).isNull();
		assertThat(this.seen.get(this.key)).isNull();
		this.cache.put(this.key, new Plain(2L, "written"));
		this.seen.put(this.key, new Plain(1L, "loaded"));
		assertThat(this.cache.get(this.key, Plain.class)).isEqualTo(new Plain(2L, "written"));
	}

	@Test
	void fillsNothingOverANewerValueThatFollowsAMiss() {
		assertThat(this.cache.get(this.key)).isNull();
		assertThat(this.seen.get(this.key, () -> {
			this.cache.put(this.key, new Plain(2L, "written"));
			return new Plain(1L, "loaded");
		})).isEqualTo(new Plain(1L, "loaded"));
		assertThat(this.seen.get(this.key, Plain.class)).isEqualTo(new Plain(2L, "written"));
	}

	@Test
	void leavesTheNewerValueWhenTheLeaseOfTheOlderIsVoid() {
		assertThat(this.cache.get(this.key)).isNull();
		this.seen.put(this.key, new Plain(2L, "written"));
		this.cache.put(this.key, new Plain(1L, "loaded"));
		assertThat(this.seen.get(this.key, Plain.class)).isEqualTo(new Plain(2L, "written"));
	}

	@Test
	void leavesNothingWhenTheLeaseOfTheNewerIsVoid() {
		assertThat(this.cache.get(this.key)).isNull();
		this.seen.put(this.key, new Plain(1L, "written"));
		this.cache.put(this.key, new Plain(2L, "loaded"));
		assertThat(this.seen.get(this.key)).isNull();
	}

	@Test
	void leavesTheNewerValueOfAnnotatedMethods() {
		node.get(Plains.class).save(this.key, new Annotated(2L, "new"));
		other.get(Plains.class).save(this.key, new Annotated(1L, "old"));
		assertThat(node.cache("saved").get(this.key, Annotated.class)).isEqualTo(new Annotated(2L, "new"));
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Version {

	}

	record Kind(String cache, LongFunction<Object> value) {

	}

	record Plain(Long revision, String text) {

	}

	record Annotated(@Version Long revision, String text) {

	}

	record Timed(@Version Instant updatedAt, String text) {

	}

	static class Bean {

		@Version
		private long revision;

		static Bean of(long revision) {
			Bean bean = new Bean();
			bean.setRevision(revision);
			return bean;
		}

		public long getRevision() {
			return this.revision;
		}

		public void setRevision(long revision) {
			this.revision = revision;
		}

		@Override
		public boolean equals(Object obj) {
			return obj instanceof Bean bean && bean.revision == this.revision;
		}

		@Override
		public int hashCode() {
			return Long.hashCode(this.revision);
		}

	}

	static class Plains {

		@CachePut(cacheNames = "saved", key = "#key")
		public Annotated save(String key, Annotated value) {
			return value;
		}

	}

}
