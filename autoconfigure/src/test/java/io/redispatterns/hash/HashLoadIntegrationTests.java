package io.redispatterns.hash;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.redispatterns.Patience;
import io.redispatterns.cache.HeldTransaction;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Loads of one node that others wait for, also one that is killed or stopped meanwhile.
 */
class HashLoadIntegrationTests {

	private static final String[] SETTINGS = { "redis.stampede.lease=1s", "redis.stampede.wait=30s" };

	@Redis
	static StandaloneRedis redis;

	private final String key = UUID.randomUUID().toString();

	@Test
	void theLeaseOfALoadThatGoesOnIsRenewedAndWaitedFor() {
		try (HashNode node = HashNode.start(redis.springProperties(), "redis.stampede.lease=3s").awaitConnection();
				HashNode other = HashNode.start(redis.springProperties()).awaitConnection()) {
			AtomicInteger loads = new AtomicInteger();
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch release = new CountDownLatch(1);
			CompletableFuture<@Nullable Track> first = call(node, () -> {
				loads.incrementAndGet();
				begun.countDown();
				hold(release);
				return Track.SONG;
			});
			hold(begun);
			CompletableFuture<@Nullable Track> second = call(other, () -> {
				loads.incrementAndGet();
				return Track.SONG.withName("again");
			});
			await().pollInterval(Duration.ofMillis(10)).until(() -> left() < 2500);
			await().pollInterval(Duration.ofMillis(10)).until(() -> left() > 2500);
			release.countDown();
			assertThat(second).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Track.SONG);
			assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Track.SONG);
			assertThat(loads).hasValue(1);
		}
	}

	private long left() {
		return (Long) Objects.requireNonNull(redis.command("PTTL", "test:hash:tracks:{s" + this.key + "}:l"));
	}

	@Test
	void aReadIsNoScriptALoadIsTwoAndAWriteIsOne() {
		try (HashNode node = HashNode.start(redis.springProperties(), "redis.stampede.lease=30s").awaitConnection()) {
			HashStore<Track> store = node.store("counted", Track.class);
			List<Long> counts = new ArrayList<>();
			// The server is sent the text of each script once, which counts too
			for (String each : List.of("first", "second")) {
				counts.clear();
				counts.add(scripts(() -> store.get(each, () -> Track.SONG)));
				counts.add(scripts(() -> store.get(each, () -> Track.SONG)));
				counts.add(scripts(() -> store.put(each, Track.SONG)));
				counts.add(scripts(() -> store.setField(each, "name", "new")));
				counts.add(scripts(() -> store.delete(each)));
				HeldTransaction held = HeldTransaction.of(() -> store.put(each, Track.SONG));
				counts.add(scripts(held::beforeCommit));
				counts.add(scripts(held::afterCommit));
			}
			assertThat(counts).containsExactly(2L, 0L, 1L, 1L, 1L, 1L, 1L);
		}
	}

	private static long scripts(Runnable call) {
		redis.command("CONFIG", "RESETSTAT");
		call.run();
		Map<String, Long> calls = redis.commandStats();
		return calls.getOrDefault("eval", 0L) + calls.getOrDefault("evalsha", 0L);
	}

	@Test
	void whoeverEndsALeaseTellsThoseWhoWaitForIt() {
		try (HashNode node = HashNode.start(redis.springProperties()).awaitConnection();
				RedisConnection connection = node.get(RedisConnectionFactory.class).getConnection()) {
			HashStore<Track> store = node.store("told", Track.class);
			List<String> told = new CopyOnWriteArrayList<>();
			CountDownLatch listening = new CountDownLatch(1);
			connection.subscribe(new Listener(told, listening), "test:hash:told:~w".getBytes(StandardCharsets.UTF_8));
			hold(listening);
			store.put("there", Track.SONG);
			List<Consumer<String>> writes = List.of((any) -> store.put(any, Track.SONG), store::delete,
					(any) -> store.setField(any, "name", "none is there"), (any) -> store.increment(any, "plays", 1),
					(any) -> store.increment(any, "unitPrice", BigDecimal.ONE),
					(any) -> store.setField("there", "name", "new"), (any) -> store.increment("there", "plays", 1),
					(any) -> store.increment("there", "unitPrice", BigDecimal.ONE));
			for (int i = 0; i < writes.size(); i++) {
				String entry = "test:hash:told:{s" + ((i < 5) ? "key" + i : "there") + "}";
				redis.command("SET", entry + ":l", "x0123456789abcdef*", "PX", "60000");
				writes.get(i).accept("key" + i);
				await().until(() -> told.remove(entry));
				assertThat(redis.command("EXISTS", entry + ":l")).isEqualTo(0L);
			}
			store.get("filled", () -> {
				redis.command("SETRANGE", "test:hash:told:{sfilled}:l", "17", "*");
				return Track.SONG;
			});
			await().until(() -> told.remove("test:hash:told:{sfilled}"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "local", "none" })
	void loadsAsTheGuardSays(String guard) {
		String[] setting = { "redis.stampede.guard=" + guard, "redis.stampede.lease=30s" };
		try (HashNode node = HashNode.start(redis.springProperties(), setting).awaitConnection();
				HashNode other = HashNode.start(redis.springProperties(), setting).awaitConnection()) {
			AtomicInteger loads = new AtomicInteger();
			CountDownLatch release = new CountDownLatch(1);
			List<CompletableFuture<@Nullable Track>> calls = IntStream.range(0, 8)
				.mapToObj((i) -> call((i % 2 == 0) ? node : other, () -> {
					loads.incrementAndGet();
					hold(release);
					return Track.SONG;
				}))
				.toList();
			int expected = switch (guard) {
				case "none" -> 8;
				case "local" -> 2;
				default -> 1;
			};
			await().until(() -> loads.get() == expected && missed(node) + missed(other) == 8);
			release.countDown();
			calls.forEach((each) -> assertThat(each).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Track.SONG));
			assertThat(loads).hasValue(expected);
		}
	}

	@Test
	void anotherLoadsWhenTheLeaseOfAKilledLoaderEnds() throws Exception {
		Process loader = start();
		try (HashNode node = HashNode.start(redis.springProperties(), SETTINGS).awaitConnection();
				BufferedReader output = loader.inputReader()) {
			awaitLine(output, "loading");
			CompletableFuture<@Nullable Track> waiting = call(node, () -> Track.SONG);
			loader.destroyForcibly();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Track.SONG);
		}
		finally {
			loader.destroyForcibly();
		}
	}

	@Test
	void aLoaderThatWasStoppedStoresNothingThatAWriteHasOvertaken() throws Exception {
		Process loader = start();
		try (HashNode node = HashNode.start(redis.springProperties(), SETTINGS).awaitConnection();
				BufferedReader output = loader.inputReader()) {
			awaitLine(output, "loading");
			signal(loader, "STOP");
			assertThat(call(node, () -> Track.SONG.withName("before"))).succeedsWithin(Duration.ofSeconds(20))
				.isEqualTo(Track.SONG.withName("before"));
			node.store("tracks", Track.class).put(this.key, Track.SONG);
			signal(loader, "CONT");
			awaitLine(output, "refused");
			assertThat(node.store("tracks", Track.class).get(this.key)).contains(Track.SONG);
		}
		finally {
			loader.destroyForcibly();
		}
	}

	private static long missed(HashNode node) {
		return ((RedisHashStore<?>) node.store("tracks", Track.class)).statistics().of(Event.MISS);
	}

	private CompletableFuture<@Nullable Track> call(HashNode node, Supplier<Track> loader) {
		return CompletableFuture.supplyAsync(() -> node.store("tracks", Track.class).get(this.key, loader),
				(work) -> new Thread(work).start());
	}

	private static void hold(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Process start() throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Loader.class.getName(),
						String.valueOf(redis.port()), this.key));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	private static void awaitLine(BufferedReader output, String expected) throws IOException {
		for (String line = output.readLine(); !expected.equals(line); line = output.readLine()) {
			assertThat(line).as("the loader goes on").isNotNull();
		}
	}

	private static void signal(Process process, String signal) throws Exception {
		new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid())).start().waitFor();
	}

	/**
	 * Hears of the ends of leases.
	 */
	private record Listener(List<String> told,
			CountDownLatch listening) implements MessageListener, SubscriptionListener {

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			this.told.add(new String(message.getBody(), StandardCharsets.UTF_8));
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			this.listening.countDown();
		}

	}

	/**
	 * A process that loads for three seconds.
	 */
	static final class Loader {

		private Loader() {
		}

		public static void main(String[] args) {
			Map<String, String> connection = Map.of("spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					args[0]);
			String[] settings = Patience.and(SETTINGS).toArray(String[]::new);
			HashStore<Track> store = HashNode.start(connection, settings)
				.awaitConnection()
				.store("tracks", Track.class);
			store.get(args[1], () -> {
				System.out.println("loading");
				await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
				return Track.SONG.withName("late");
			});
			System.out
				.println((((RedisHashStore<?>) store).statistics().of(Event.REFUSED) == 1) ? "refused" : "not refused");
		}

	}

}
