package io.redispatterns.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.session.servlet.ShopNode;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each row of {@code docs/acl.md} as the rights of a user.
 */
class LeastPrivilegeIntegrationTests {

	private static final Path SCRIPTS = Path.of("src", "main", "resources", "io", "redispatterns");

	private static final Pattern CALL = Pattern.compile("redis\\.p?call\\(['\"](\\w+)");

	@Redis
	static StandaloneRedis redis;

	private static Map<String, Row> rows;

	@BeforeAll
	static void read() throws IOException {
		rows = Files.readAllLines(Path.of("..", "docs", "acl.md"))
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| pattern"))
			.map(Row::of)
			.collect(Collectors.toMap(Row::pattern, (row) -> row, (one, other) -> one, LinkedHashMap::new));
	}

	@Test
	void everyRowIsRun() {
		assertThat(rows.keySet()).containsExactlyElementsOf(Stream.of(Use.values()).map((use) -> use.row).toList());
	}

	@ParameterizedTest
	@EnumSource
	void rowIsWhatItsPatternNeeds(Use use) throws IOException {
		Row row = Objects.requireNonNull(rows.get(use.row));
		List<Row> allowed = withThoseBeside(row);
		Set<String> scripted = commandsOfScripts(use.scripts);
		assertThat(allowed.stream().flatMap((each) -> each.commands().stream())).as("commands of scripts")
			.containsAll(scripted);
		admit(allowed);
		redis.command("CONFIG", "RESETSTAT");
		Map<String, String> connection = new LinkedHashMap<>(redis.springProperties());
		connection.put("spring.data.redis.username", "app");
		connection.put("spring.data.redis.password", "secret");
		use.run(connection);
		assertThat((List<?>) redis.command("ACL", "LOG")).as("what was denied")
			.allSatisfy((denied) -> assertThat(denied.toString()).containsAnyOf(use.refused));
		scripted.addAll(called());
		assertThat(row.commands()).as("commands that somebody sends")
			.allMatch((command) -> scripted.contains(command.replaceAll("\\|.*", "")));
	}

	/**
	 * Begin, change, log in twice, list, revoke and log out.
	 */
	private static void useSessions(ShopNode started) {
		try (ShopNode node = started) {
			Browser browser = new Browser();
			Browser phone = new Browser();
			browser.post(node, "/set?name=a&value=1");
			assertThat(browser.get(node, "/get?name=a").body()).isEqualTo("1");
			browser.post(node, "/set?name=a&value=");
			assertThat(browser.get(node, "/get?name=a").body()).isEqualTo("null");
			List.of(browser, phone).forEach((each) -> each.post(node, "/login?user=alice"));
			String handle = SessionIds.handle(phone.cookie);
			assertThat(browser.get(node, "/sessions").body()).contains(handle, "\"current\":true");
			assertThat(browser.send(node, "DELETE", "/sessions/" + handle).body()).isEqualTo("true");
			phone.post(node, "/login?user=alice");
			assertThat(browser.send(node, "DELETE", "/sessions").body()).isEqualTo("1");
			assertThat(browser.post(node, "/logout").body()).isEqualTo("bye");
			assertThat(browser.get(node, "/me").body()).isEqualTo("null");
		}
	}

	private static void admit(List<Row> allowed) {
		redis.command("FLUSHALL");
		redis.command(
				Stream
					.concat(Stream.of("ACL", "SETUSER", "app", "reset", "on", ">secret", "resetchannels"),
							allowed.stream().flatMap(Row::rules).distinct())
					.toArray(String[]::new));
		redis.command("ACL", "LOG", "RESET");
		redis.command("SCRIPT", "FLUSH");
	}

	private static Set<String> commandsOfScripts(List<String> rooms) throws IOException {
		Set<String> commands = new TreeSet<>();
		for (String room : rooms) {
			try (Stream<Path> files = Files.walk(SCRIPTS.resolve(room))) {
				for (Path script : files.filter((file) -> file.toString().endsWith(".lua")).toList()) {
					CALL.matcher(Files.readString(script))
						.results()
						.forEach((call) -> commands.add(call.group(1).toLowerCase(Locale.ROOT)));
				}
			}
		}
		return commands;
	}

	private static List<Row> withThoseBeside(Row row) {
		List<Row> all = new ArrayList<>(List.of(row));
		for (String beside = row.beside(); !beside.isEmpty();) {
			Row next = Objects.requireNonNull(rows.get(beside));
			all.add(next);
			beside = next.beside();
		}
		return all;
	}

	private static Set<String> called() {
		return redis.commandStats()
			.entrySet()
			.stream()
			.filter((command) -> command.getValue() > 0)
			.map((command) -> command.getKey().replaceAll("\\|.*", ""))
			.collect(Collectors.toSet());
	}

	/**
	 * How a pattern is used alone.
	 */
	private enum Use {

		CONNECTION("connection", List.of("redis"),
				Set.of("cache", "hash", "warming", "write", "stampede", "invalidation"), (application) -> {
					RedisExecutor executor = application.get(RedisExecutor.class);
					EveryPattern.await()
						.until(() -> executor.await(executor.time()) > 0 && executor.now(new byte[1]) > 0);
				}),

		CACHE("cache", List.of("cache"), Set.of("hash", "warming", "write", "redisson", "invalidation"),
				(application) -> {
					application.useCaches(1);
					application.useTransaction(1);
					application.useInspector(1);
					application.useWaiters(redis, 2);
				}),

		REDISSON("guard redisson", List.of("stampede"), Set.of("hash", "warming", "write", "invalidation"),
				(application) -> application.useLocks(redis), "object, test1,"),

		NEAR("near", List.of("invalidation"), Set.of("hash", "warming", "write", "stampede"),
				(application) -> application.useNear(1)),

		WARMING("warming", List.of("warming"), Set.of("hash", "write", "stampede", "invalidation"),
				(application) -> application.useWarming(redis)),

		WRITE("write-behind", List.of("write"), Set.of("hash", "warming", "stampede", "invalidation"),
				(application) -> {
					application.useWriteThrough(1);
					application.useWriteBehind(1);
				}, "object, info,"),

		HASH("hash", List.of("hash", "cache/lease", "cache/fence"),
				Set.of("cache", "warming", "write", "redisson", "invalidation"), (application) -> {
					application.useHashes(1);
					application.useHashesOfOthers(redis, 2);
				}),

		RATE_LIMIT("rate-limit", List.of("ratelimit"),
				Set.of("cache", "hash", "warming", "write", "stampede", "invalidation"),
				(application) -> application.useRateLimits("somebody"), "object, info,"),

		SESSION("session", List.of("session"), Set.of(), (application) -> {
		}) {

			@Override
			void run(Map<String, String> connection) {
				String namespace = "redis.namespace=" + EveryPattern.NAMESPACE;
				useSessions(ShopNode.start(connection, namespace));
				useSessions(ShopNode.startReactive(connection, List.of(), namespace));
			}

		};

		private final String row;

		private final List<String> scripts;

		private final Set<String> off;

		private final Consumer<EveryPattern> call;

		private final String[] refused;

		Use(String row, List<String> scripts, Set<String> off, Consumer<EveryPattern> call, String... refused) {
			this.row = row;
			this.scripts = scripts;
			this.off = off;
			this.call = call;
			this.refused = Stream.concat(Stream.of("object, client"), Stream.of(refused)).toArray(String[]::new);
		}

		void run(Map<String, String> connection) {
			try (EveryPattern application = EveryPattern.start(connection, settings()).connected()) {
				this.call.accept(application);
			}
		}

		private String[] settings() {
			Stream<String> settings = this.off.stream().flatMap((pattern) -> switch (pattern) {
				case "redisson" -> Stream.of("redis.stampede.guard=lease");
				case "invalidation" ->
					Stream.of("redis.invalidation.enabled=false", "redis.cache.caches.near.near.enabled=false");
				default -> Stream.of("redis." + pattern + ".enabled=false");
			});
			return settings.toArray(String[]::new);
		}

	}

	/**
	 * A row of the document.
	 */
	private record Row(String pattern, String beside, List<String> keys, List<String> channels, List<String> commands) {

		private static final Pattern CODE = Pattern.compile("`([^`]+)`");

		static Row of(String line) {
			String[] cells = line.replace("\\|", "!").split("\\|", -1);
			List<List<String>> codes = Arrays.stream(cells)
				.map((cell) -> CODE.matcher(cell.replace('!', '|')).results().map((found) -> found.group(1)).toList())
				.toList();
			return new Row(cells[1].replace("`", "").trim(), cells[2].replace("`", "").trim(), codes.get(3),
					codes.get(4), codes.get(5));
		}

		Stream<String> rules() {
			return Stream
				.of(this.keys.stream().flatMap(Row::named).map((key) -> "~" + key),
						this.channels.stream().flatMap(Row::named).map((channel) -> "&" + channel),
						this.commands.stream().map((command) -> "+" + command))
				.flatMap((each) -> each);
		}

		private static Stream<String> named(String documented) {
			String named = documented.replaceFirst("^ns(?=:)", EveryPattern.NAMESPACE);
			return named.contains("<cache>")
					? EveryPattern.CACHES.stream().map((cache) -> named.replace("<cache>", cache)) : Stream.of(named);
		}

	}

}
