package io.redispatterns.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operations cost the server, and how long entries stay there.
 */
class CommandsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final RedisCacheAside cache = (RedisCacheAside) node.cache("plain");

	private final RedisCacheAside tagged = (RedisCacheAside) node.cache("tagged");

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis,
				List.of("redis.cache.nodes.silent-after=0", "redis.resilience.probe.interval=1m",
						"redis.cache.caches.tagged.tags=#this", "spring.cache.redis.time-to-live=100s",
						"redis.cache.caches.own.time-to-live=50s", "redis.cache.caches.own.jitter=0",
						"redis.cache.caches.own.null-time-to-live=20s"));
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@BeforeEach
	void warmUp() {
		for (RedisCacheAside any : List.of(this.cache, this.tagged)) {
			any.clear();
			any.put("key", "value");
			any.get("key");
			any.putIfAbsent("x", "value");
			any.evict("x");
			any.get("x", () -> "value");
			any.evict("x");
		}
	}

	@Test
	void hitIsOneCommand() {
		assertThat(commands((cache) -> cache.get("key"))).isEqualTo(Map.of("mget", 1L));
		assertThat(commands((cache) -> cache.retrieve("key").join())).isEqualTo(Map.of("mget", 1L));
		assertThat(commands((cache) -> cache.get("key", () -> "loaded"))).isEqualTo(Map.of("mget", 1L));
	}

	@Test
	void putIsOneScript() {
		assertThat(commands((cache) -> cache.put("key", "value")))
			.isEqualTo(Map.of("evalsha", 1L, "get", 1L, "time", 1L, "exists", 1L, "set", 1L, "publish", 1L));
	}

	@Test
	void putIsAScriptAndAReadWhereNoScriptMayHaveKeysOfSeveralSlots(
			@Redis({ "--cluster-enabled", "yes" }) StandaloneRedis divided) {
		divided.command(
				Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(0, 16384).mapToObj(String::valueOf))
					.toArray(String[]::new));
		try (CacheNode node = CacheNode.start(divided, List.of("redis.cache.nodes.silent-after=0"))) {
			RedisCacheAside cache = (RedisCacheAside) node.cache("plain");
			Awaitility.await().until(() -> {
				cache.put("key", "value");
				return cache.statistics().of(Event.PUT) > 1;
			});
			divided.command("CONFIG", "RESETSTAT");
			cache.put("key", "value");
			assertThat(divided.commandStats()).containsEntry("evalsha", 1L).containsEntry("mget", 1L);
		}
	}

	@Test
	void missIsAReadALeaseAndAFill() {
		assertThat(commands((cache) -> cache.get("absent", () -> "loaded"))).isEqualTo(Map.of("mget", 2L, "evalsha", 2L,
				"getrange", 2L, "exists", 2L, "get", 2L, "set", 2L, "del", 1L, "time", 1L));
	}

	@Test
	void evictionIsOneScript() {
		assertThat(commands((cache) -> cache.evict("key")))
			.isEqualTo(Map.of("evalsha", 1L, "get", 1L, "unlink", 1L, "exists", 1L, "publish", 1L));
	}

	@Test
	void writesTellThoseWhoWaitForTheLeaseThatTheyEnd() {
		TransactionTemplate transaction = new TransactionTemplate(new Transactions());
		List<Runnable> writes = List.of(() -> this.cache.put("key", "value"), () -> this.cache.evict("key"),
				() -> transaction.executeWithoutResult((status) -> this.cache.evict("key")));
		List<String> told = new CopyOnWriteArrayList<>();
		try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()))) {
			StatefulRedisPubSubConnection<String, String> waiting = client.connectPubSub();
			waiting.addListener(new RedisPubSubAdapter<>() {

				@Override
				public void message(String channel, String message) {
					told.add(message);
				}

			});
			waiting.sync().subscribe("test:plain:~w");
			for (String lease : List.of("x0123456789abcdef", "x0123456789abcdef*")) {
				for (Runnable write : writes) {
					redis.command("SET", "test:plain:{skey}:l", lease, "PX", "60000");
					write.run();
					assertThat(redis.command("EXISTS", "test:plain:{skey}:l")).isEqualTo(0L);
				}
			}
			Awaitility.await().until(() -> told.size() >= 3);
		}
		assertThat(told).as("only when somebody waits").hasSize(3).containsOnly("test:plain:{skey}");
	}

	@Test
	void readsManyInOneCommand() {
		List<Integer> keys = IntStream.range(0, 100).boxed().toList();
		this.cache.putAll(keys.stream().collect(Collectors.toMap((key) -> key, (key) -> "value")));
		assertThat(commands((cache) -> assertThat(cache.getAll(keys)).hasSize(100))).isEqualTo(Map.of("mget", 1L));
	}

	@Test
	void loadsManyWithOneReadALeaseAndAFillEach() {
		this.cache.putAll(Map.of(1, "value", 2, "value"));
		List<Integer> keys = List.of(1, 2, 3, 4, 5);
		assertThat(commands((cache) -> cache.getAll(keys, (missing) -> Map.of(3, "a", 4, "b", 5, "c"))))
			.containsEntry("mget", 4L)
			.containsEntry("evalsha", 6L)
			.containsEntry("set", 6L);
		assertThat(commands((cache) -> cache.getAll(keys, (missing) -> Map.of()))).isEqualTo(Map.of("mget", 1L));
	}

	@Test
	void clearDoesNotDependOnTheNumberOfEntries() {
		Map<String, Long> few = commands(RedisCacheAside::clear);
		fill(this.cache);
		Map<String, Long> many = commands(RedisCacheAside::clear);
		assertThat(many).isEqualTo(few).containsOnlyKeys("evalsha", "get", "time", "set", "publish");
		assertThat(many.values()).allMatch((count) -> count == 1);
		assertThat(this.cache.get(7)).isNull();
	}

	@Test
	void evictionByTagDoesNotDependOnTheNumberOfEntries() {
		Map<String, Long> few = commandsOf(this.tagged, (cache) -> cache.evictTag("value"));
		fill(this.tagged);
		assertThat(commandsOf(this.tagged, (cache) -> cache.evictTag("value"))).isEqualTo(few)
			.doesNotContainKeys("keys", "scan", "flushall", "flushdb", "del", "unlink");
		assertThat(this.tagged.get(7)).isNull();
	}

	private static void fill(RedisCacheAside cache) {
		cache.putAll(IntStream.range(0, 2000).boxed().collect(Collectors.toMap((key) -> key, (key) -> "value")));
	}

	@Test
	void entriesLiveNoLongerThanConfigured() {
		this.cache.put("key", "value");
		assertThat(ttl("test:plain:{skey}")).isBetween(85_000L, 100_000L);
		RedisCacheAside own = (RedisCacheAside) node.cache("own");
		own.put("key", "value");
		own.put("null", null);
		assertThat(ttl("test:own:{skey}")).isBetween(45_000L, 50_000L);
		assertThat(ttl("test:own:{snull}")).isBetween(15_000L, 20_000L);
		assertThat(ttl("test:tagged:~t:value")).as("a tag outlives its entries").isGreaterThan(150_000L);
		assertThat(ttl("test:own:~g")).as("a generation stays").isEqualTo(-1);
	}

	private static Long ttl(String key) {
		return (Long) redis.command("PTTL", key);
	}

	private Map<String, Long> commands(Consumer<RedisCacheAside> work) {
		return commandsOf(this.cache, work);
	}

	private static Map<String, Long> commandsOf(RedisCacheAside cache, Consumer<RedisCacheAside> work) {
		redis.command("CONFIG", "RESETSTAT");
		work.accept(cache);
		Map<String, Long> commands = new HashMap<>(redis.commandStats());
		commands.keySet().removeIf((name) -> name.startsWith("config") || name.equals("info"));
		return commands;
	}

}
