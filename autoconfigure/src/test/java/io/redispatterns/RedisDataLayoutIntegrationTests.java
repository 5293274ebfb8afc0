package io.redispatterns;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.TaggedCache;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.hash.HashAutoConfiguration;
import io.redispatterns.hash.HashStore;
import io.redispatterns.hash.HashStores;
import io.redispatterns.ratelimit.RateLimitAutoConfiguration;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.session.store.SessionCommands;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.SessionSettings;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.session.store.TimeOuts;
import io.redispatterns.session.value.AllowedPackages;
import io.redispatterns.session.value.AttributeCodec;
import io.redispatterns.stampede.StampedeAutoConfiguration;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.warming.WarmCache;
import io.redispatterns.warming.WarmingAutoConfiguration;
import io.redispatterns.write.behind.WriteBehind;
import io.redispatterns.write.behind.WriteBehindAutoConfiguration;
import io.redispatterns.write.behind.WriteBehindFlush;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds every key of a live server to the tables of {@code docs/redis-data.md}.
 */
class RedisDataLayoutIntegrationTests {

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

	private static final Duration NULL_TIME_TO_LIVE = Duration.ofMinutes(1);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Map<String, String> PLACEHOLDERS = Map.of("ns", "layout", "<cache>",
			"(?!(node|lock|warm|wb|rl|session):)[^:{}~]+", "<argument>", "[^{}]+", "<handle>", "[A-Za-z0-9_-]{22}",
			"<queue>", "[^{}]+", "<entry>", "[^{}]+", "<tag>", "[^{}]+", "<number>", "\\d{16}", "<method>", "[^:{}]+");

	private static final Map<String, String> LIMITS = Map.of("<subject>", "[^{}]+", "<policy>", "(?!log|leases)[^:{}]+",
			"<log>", "log", "<leases>", "leases");

	private static final String WARM_UP = "layout:warm:{warmed}:warmer.keys";

	private static final List<String> NAMES = List.of("tracks", "a::b", "", "lock", "größe", "~g", "{x}",
			"n".repeat(300));

	@Redis
	static StandaloneRedis server;

	private static ConfigurableApplicationContext context;

	private static String document;

	private static final CountDownLatch loaded = new CountDownLatch(1);

	@BeforeAll
	static void use() throws IOException {
		document = Files.readString(Path.of("..", "docs", "redis-data.md"));
		Stream<String> settings = Stream.of("redis.namespace=layout", "redis.resilience.command-timeout=10s",
				"redis.resilience.breaker.slow-call=10s", "redis.stampede.lease=" + LEASE,
				"redis.cache.defaults.time-to-live=" + TIME_TO_LIVE,
				"redis.cache.defaults.null-time-to-live=" + NULL_TIME_TO_LIVE, "redis.cache.caches.tagged.tags=#this",
				"redis.write.behind.words.interval=10ms", "redis.write.behind.words.max-attempts=1");
		Stream<String> connection = server.springProperties().entrySet().stream().map(Object::toString);
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(Stream.concat(settings, connection).map((property) -> "--" + property).toArray(String[]::new));
		for (String name : NAMES) {
			TaggedCache cache = cache(name);
			for (Object argument : List.of(1, "one", "a{b}:~t:", List.of("x", 2L), "long".repeat(100))) {
				cache.put(argument, "value");
			}
			cache.get("loaded", () -> "value");
			cache.put("null", null);
		}
		cache("tagged").put("plain", "album:1");
		cache("tagged").put("odd", "{a}:b ~g");
		cache("tagged").evictTag("album:1");
		cache("tracks").put("large", "large".repeat(10_000));
		cache("tracks").clear();
		Awaitility.await().until(() -> context.getBean(RedisExecutor.class).now(new byte[1]) > 0);
		cache("tracks").get("timed", () -> "value");
		Awaitility.await().until(() -> server.command("EXISTS", "layout:node:{caches}"), Long.valueOf(1)::equals);
		Awaitility.await().until(() -> server.command("HGET", WARM_UP, "last"), Objects::nonNull);
		context.getBean(Words.class).accept("poison");
		Awaitility.await().until(() -> server.command("EXISTS", "layout:wb:{words}:dead"), Long.valueOf(1)::equals);
		context.getBean(Words.class).accept("waits");
		holdALoad();
		HashStore<Stored> hashes = context.getBean(HashStores.class).of("a::b", Stored.class);
		hashes.put("{x}", new Stored("value", 1));
		login();
		limit(context.getBean(RateLimiter.class));
	}

	private static void limit(RateLimiter limiter) {
		RateLimitPolicy policy = RateLimitPolicy.of("bucket", 2, Duration.ofMinutes(9));
		for (String subject : List.of("me", "{x}:~", "l".repeat(300))) {
			limiter.acquire(RateLimitRequest.of(subject, policy, named("fixed").with(Algorithm.FIXED_WINDOW),
					named("ring").with(Algorithm.SLIDING_WINDOW), named("log").with(Algorithm.SLIDING_LOG),
					named("leases").with(Algorithm.CONCURRENCY)));
		}
		RateLimitPolicy strict = named("strict")
			.with(Handling.DEFAULT.withBlock(new Block(1, Duration.ofMinutes(4), 2, Duration.ofHours(1))));
		limiter.acquire(RateLimitRequest.of("me", strict).withCost(2));
		limiter.acquire(RateLimitRequest.of("me", strict));
		limiter.block("me", Duration.ofMinutes(9));
	}

	private static RateLimitPolicy named(String name) {
		return RateLimitPolicy.of(name, 2, Duration.ofMinutes(9));
	}

	private static void login() {
		AttributeCodec codec = new AttributeCodec(context.getBean(JsonValueCodecs.class),
				new AllowedPackages(List.of()), RedisDataLayoutIntegrationTests.class.getClassLoader());
		SessionSettings settings = new SessionSettings(
				(session) -> new TimeOuts(Duration.ofMinutes(30), Duration.ofDays(30)), Duration.ofMinutes(1), true);
		Sessions sessions = new Sessions(
				new SessionCommands(context.getBean(RedisExecutor.class), context.getBean(KeySpace.class)), codec,
				new SessionIds(new SecureRandom()), settings, Clock.systemUTC());
		StoredSession session = sessions.begin();
		session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
		session.usedWith("Firefox on Linux");
		sessions.save(session).join();
	}

	/**
	 * Keep an entry loading, once there are locks.
	 */
	private static void holdALoad() {
		CountDownLatch loading = new CountDownLatch(1);
		Thread loader = new Thread(() -> {
			for (int i = 0; loading.getCount() > 0; i++) {
				cache("tracks").get(i, () -> {
					if (keys().stream().anyMatch((key) -> key.startsWith("layout:lock:"))) {
						loading.countDown();
						loaded.await();
					}
					return "value";
				});
			}
		});
		loader.start();
		Awaitility.await().until(() -> loading.getCount() == 0);
	}

	/**
	 * Leave a transaction just before its commit.
	 */
	@BeforeEach
	void fence() {
		HashStore<Stored> hashes = context.getBean(HashStores.class).of("a::b", Stored.class);
		UUID hash = UUID.randomUUID();
		hashes.put(hash, new Stored("value", 1));
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
		cache("tracks").evict(UUID.randomUUID());
		hashes.get(UUID.randomUUID(), () -> null);
		hashes.setFields(hash, Map.of("text", "new"));
		TransactionSynchronizationManager.getSynchronizations().forEach((each) -> {
			each.beforeCommit(false);
			each.suspend();
		});
		TransactionSynchronizationManager.clear();
	}

	@AfterAll
	static void stop() {
		loaded.countDown();
		context.close();
	}

	@Test
	void everyKeyIsOfExactlyOneRow() {
		assertThat(keys()).hasSizeGreaterThan(NAMES.size() * 8)
			.allSatisfy((key) -> assertThat(rows()).filteredOn((row) -> row.describes(key)).as(key).hasSize(1));
	}

	@Test
	void everyRowIsOfSomeKey() {
		assertThat(rows()).allSatisfy((row) -> assertThat(keys()).anyMatch(row::describes));
	}

	@Test
	void everyKeyHasTheTypeAndTheEndOfItsRow() {
		assertThat(keys()).allSatisfy((key) -> {
			Row row = rows().stream().filter((candidate) -> candidate.describes(key)).findFirst().orElseThrow();
			assertThat(server.command("TYPE", key)).isEqualTo(row.type());
			Duration left = Duration.ofMillis((Long) Objects.requireNonNull(server.command("PTTL", key)));
			if (row.ends().startsWith("after the time-to-live")) {
				Duration longest = key.endsWith("{snull}") ? NULL_TIME_TO_LIVE : TIME_TO_LIVE;
				assertThat(left).isBetween(Duration.ofSeconds(10), longest);
			}
			else if (row.ends().startsWith("after twice the longest time-to-live")) {
				assertThat(left).isBetween(TIME_TO_LIVE.plusMinutes(5), TIME_TO_LIVE.multipliedBy(2));
			}
			else if (row.ends().startsWith("after `redis.stampede.lease`")) {
				assertThat(left).isBetween(Duration.ofMillis(1), LEASE);
			}
			else if (row.ends().startsWith("after `redis.hash.time-to-live`")) {
				assertThat(left).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
			}
			else if (row.ends().startsWith("after its idle time")) {
				assertThat(left).isBetween(Duration.ofMinutes(28), Duration.ofMinutes(30));
			}
			else if (row.ends().startsWith("a minute and")) {
				assertThat(left).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(32));
			}
			else if (row.ends().startsWith("a minute after")) {
				assertThat(left).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
			}
			else if (row.ends().startsWith("10 s after")) {
				assertThat(left).isBetween(Duration.ofMillis(1), Duration.ofSeconds(10));
			}
			else if (row.ends().startsWith("a week after")) {
				assertThat(left).isBetween(Duration.ofDays(6), Duration.ofDays(7));
			}
			else if (row.ends().startsWith("when nothing")) {
				assertThat(left).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(10));
			}
			else if (row.ends().startsWith("30 s after")) {
				assertThat(left).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
			}
			else {
				assertThat(row.ends()).matches("never; .* for each (cache|queue)|with its last change; at most .*"
						+ "|when it .*; the last .* for each queue");
				assertThat(server.command("PTTL", key)).isEqualTo(-1L);
			}
		});
	}

	@Test
	void oneKeyForEachCacheAndFourForAQueueNeverEnd() {
		assertThat(keys().stream().filter((key) -> Long.valueOf(-1).equals(server.command("PTTL", key))))
			.hasSize(NAMES.size() + 1 + 4);
	}

	@Test
	void everyValueIsOfTheFormOfItsRow() {
		Map<Integer, Set<String>> header = header();
		Set<String> marks = cells("| mark |").stream().map((cells) -> code(cells.get(0))).collect(Collectors.toSet());
		Set<String> flags = new TreeSet<>();
		Set<String> seen = new TreeSet<>();
		assertThat(keys()).allSatisfy((key) -> {
			Row row = rows().stream().filter((candidate) -> candidate.describes(key)).findFirst().orElseThrow();
			if (key.startsWith("layout:rl:")) {
				if (row.type().equals("string")) {
					assertThat(new String(read(key), StandardCharsets.ISO_8859_1))
						.matches("(?s)\\d{16}|\\d{16} \\d+|\\d+ \\d{16} \\d+ \\d{16} \\d{16}|[HI].{18,}");
				}
				return;
			}
			if (key.startsWith("layout:session:")) {
				if (row.type().equals("zset")) {
					assertThat(server.command("ZRANGE", key, "0", "-1")).asString().matches("\\[[A-Za-z0-9_-]{22}]");
					return;
				}
				assertThat(server.command("HGETALL", key)).asString()
					.contains("~u, alice", "~d, Firefox on Linux")
					.containsPattern("~, 1 \\d{13} 1800000 \\d{13}[,\\]]")
					.containsPattern("~t, \\d{13}[,\\]]")
					.containsPattern("=[^,]*INDEX_NAME, String .\"alice\"");
				return;
			}
			if (row.type().equals("zset")) {
				assertThat(server.command("ZRANGE", key, "0", "-1", "WITHSCORES")).asString()
					.matches("\\[[0-9a-f]{16}, \\d{13}]");
				return;
			}
			if (key.equals(WARM_UP)) {
				assertThat(server.command("HGETALL", key)).asString().matches("\\[until, \\d{13}, last, \\d{13}]");
				return;
			}
			if (key.endsWith(":state")) {
				assertThat((List<?>) server.command("HKEYS", key))
					.allSatisfy((field) -> assertThat(document).contains("`" + field + "`"));
				return;
			}
			if (key.startsWith("layout:wb:")) {
				assertThat(server.command(row.type().equals("hash") ? "HLEN" : "XLEN", key)).isEqualTo(1L);
				return;
			}
			if (row.type().equals("hash")) {
				assertThat(server.command("HGETALL", key)).asString()
					.matches(key.startsWith("layout:hash:")
							? "\\[~, 1:[0-9a-f]{8}:8000000000000001, text, \"value\", version, 1]"
							: "\\[[0-9a-f-]{36}:\\d+, 1]");
				return;
			}
			byte[] value = read(key);
			if (key.startsWith("layout:hash:")) {
				assertThat(value).hasSize(17).startsWith('s');
				return;
			}
			if (key.endsWith("}:l")) {
				assertThat(value).hasSize(17).startsWith('x');
				return;
			}
			if (row.value().startsWith("`")) {
				assertThat(new String(value, StandardCharsets.UTF_8)).matches(pattern(code(row.value())));
				return;
			}
			assertThat(header.get(0)).contains(hex(value[0]));
			assertThat(header.get(1)).contains(hex(value[1]));
			bits(value[2]).forEach(flags::add);
			if (value[2] == 0) {
				assertThat(marks).contains(hex(value[15]));
				seen.add(hex(value[15]));
			}
			assertThat(String.valueOf(ByteBuffer.wrap(value).getLong(3))).matches(PLACEHOLDERS.get("<number>"));
			assertThat(value.length == (((value[2] & 8) != 0) ? 27 : 15)).isEqualTo((value[2] & 1) != 0);
		});
		assertThat(flags).as("the flags that the document tells").isEqualTo(header.get(2));
		assertThat(seen).hasSizeGreaterThan(1);
	}

	private static Stream<String> bits(byte flags) {
		return (flags == 0) ? Stream.of("00")
				: Stream.of(1, 2, 4, 8).filter((bit) -> (flags & bit) != 0).map((bit) -> hex(bit.byteValue()));
	}

	@Test
	void tagsStandBehindTheHeader() {
		byte[] value = read(
				new String(context.getBean(KeySpace.class).named("tagged").key("plain"), StandardCharsets.UTF_8));
		byte[] tag = "album:1".getBytes(StandardCharsets.UTF_8);
		assertThat(Arrays.copyOfRange(value, 15, 18)).containsExactly(1, 0, tag.length);
		assertThat(Arrays.copyOfRange(value, 18, 18 + tag.length)).isEqualTo(tag);
		assertThat(cells("| mark |")).anyMatch((cells) -> code(cells.get(0)).equals(hex(value[18 + tag.length])));
	}

	private static TaggedCache cache(String name) {
		return (TaggedCache) Objects.requireNonNull(context.getBean(CacheManager.class).getCache(name));
	}

	private static List<String> keys() {
		return ((List<?>) Objects.requireNonNull(server.command("KEYS", "*"))).stream().map(String::valueOf).toList();
	}

	private static byte[] read(String key) {
		RedisExecutor redis = context.getBean(RedisExecutor.class);
		return Objects.requireNonNull(redis.await(redis.get(key.getBytes(StandardCharsets.UTF_8)))[0]);
	}

	private static List<Row> rows() {
		return cells("| what | key |").stream()
			.map((cells) -> new Row(pattern(code(cells.get(1))), cells.get(2), cells.get(3), cells.get(4)))
			.toList();
	}

	private static Map<Integer, Set<String>> header() {
		return cells("| offset |").stream()
			.filter((cells) -> cells.get(1).startsWith("`"))
			.collect(Collectors.groupingBy((cells) -> Integer.valueOf(cells.get(0)),
					Collectors.mapping((cells) -> code(cells.get(1)), Collectors.toCollection(TreeSet::new))));
	}

	private static List<List<String>> cells(String head) {
		String table = document.substring(document.indexOf(head));
		return table.substring(0, table.indexOf("\n\n"))
			.lines()
			.skip(2)
			.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::trim).toList())
			.toList();
	}

	private static String code(String cell) {
		return cell.substring(1, cell.indexOf('`', 1));
	}

	private static String pattern(String documented) {
		List<String> parts = new ArrayList<>();
		Matcher placeholder = Pattern.compile("^ns(?=:)|<[a-z]+>").matcher(documented);
		int end = 0;
		while (placeholder.find()) {
			parts.add(Pattern.quote(documented.substring(end, placeholder.start())));
			parts.add(Objects
				.requireNonNull(LIMITS.getOrDefault(placeholder.group(), PLACEHOLDERS.get(placeholder.group()))));
			end = placeholder.end();
		}
		return String.join("", parts) + Pattern.quote(documented.substring(end));
	}

	private static String hex(byte value) {
		return HexFormat.of().withUpperCase().toHexDigits(value);
	}

	/**
	 * A row of the table of keys.
	 */
	private record Row(String key, String type, String value, String ends) {

		boolean describes(String actual) {
			return actual.matches(this.key);
		}

	}

	/**
	 * Words of which one is poisonous, and none is written.
	 */
	static class Words {

		@WriteBehind(queue = "words", key = "#word")
		String accept(String word) {
			return word;
		}

		@WriteBehindFlush(queue = "words")
		void flush(List<String> words) throws IOException {
			if (words.contains("poison")) {
				throw new IllegalArgumentException("poison");
			}
			throw new IOException("no database");
		}

	}

	/**
	 * What is stored as a hash.
	 */
	record Stored(String text, @Version long version) {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Version {

	}

	@ImportAutoConfiguration({ AopAutoConfiguration.class, WriteBehindAutoConfiguration.class,
			DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class,
			CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class, StampedeAutoConfiguration.class,
			CachingAutoConfiguration.class, WarmingAutoConfiguration.class, HashAutoConfiguration.class,
			RateLimitAutoConfiguration.class })
	static class Application {

		@Bean
		static Warmer warmer() {
			return new Warmer();
		}

		@Bean
		Words words() {
			return new Words();
		}

	}

	static class Warmer {

		@WarmCache("warmed")
		List<String> keys() {
			return List.of();
		}

		@Cacheable("warmed")
		public String find(String key) {
			return key;
		}

	}

}
