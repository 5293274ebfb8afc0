package io.redispatterns.security;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.redispatterns.session.servlet.ShopNode;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionEvent;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody else writes to Redis, and puts what makes objects into every field of a
 * session, and what is no session into the index of a user.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileSessionsIntegrationTests {

	private static final String INDEX = "shop:session:user:{salice}";

	@Redis
	static StandaloneRedis redis;

	private final Browser browser = new Browser();

	private ShopNode node;

	@BeforeAll
	void start() {
		this.node = start(redis.springProperties());
	}

	ShopNode start(Map<String, String> connection) {
		return ShopNode.start(connection);
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@BeforeEach
	void empty() {
		redis.command("FLUSHALL");
		this.browser.cookie = "";
	}

	@Test
	void makesNothingThatFieldsName() {
		int before = Canary.made();
		List<byte[]> payloads = payloads();
		List<String> fields = fields(signIn());
		assertThat(fields).contains("~", "~t", "~u", "~d", "=basket").hasSizeGreaterThan(5);
		for (byte[] payload : payloads) {
			for (String field : fields) {
				write(signIn(), field, payload);
				useEverything(field, payload);
			}
		}
		assertThat(Canary.made()).as("canaries").isEqualTo(before);
		assertThat(this.node.count(SessionEvent.UNREADABLE)).isGreaterThanOrEqualTo(payloads.size());
		assertThat(this.node.count(SessionEvent.UNREADABLE_ATTRIBUTE)).isGreaterThanOrEqualTo(payloads.size());
	}

	@Test
	void listsNothingThatIsNoSession() {
		int before = Canary.made();
		for (byte[] payload : payloads()) {
			signIn();
			redis.command("DEL", INDEX);
			enter(payload);
			assertThat(answer("GET", "/sessions")).isEqualTo("[]");
			enter(payload);
			assertThat(answer("DELETE", "/sessions")).isEqualTo("0");
			enter(payload);
			useEverything("the index", payload);
		}
		assertThat(Canary.made()).as("canaries").isEqualTo(before);
	}

	/**
	 * Log in with something in the session.
	 * @return the key of the session
	 */
	private String signIn() {
		answer("POST", "/basket?title=Angel");
		answer("POST", "/set?name=a&value=1");
		answer("POST", "/login?user=alice");
		return "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}";
	}

	private void useEverything(String where, byte[] payload) {
		String written = "%d bytes in %s".formatted(payload.length, where);
		assertThat(List.of(answer("GET", "/get?name=a"), answer("GET", "/get?name=basket"), answer("GET", "/sessions"),
				answer("POST", "/set?name=a&value=2"), answer("DELETE", "/sessions")))
			.as(written)
			.doesNotContain("caught");
		signIn();
		assertThat(answer("GET", "/me")).as(written).isEqualTo("alice");
		assertThat(answer("GET", "/get?name=basket")).as(written).contains("Angel");
		assertThat(answer("GET", "/sessions")).as(written)
			.contains("\"current\":true", SessionIds.handle(this.browser.cookie));
		answer("POST", "/logout");
		assertThat(answer("GET", "/me")).as(written).isEqualTo("null");
	}

	private String answer(String method, String path) {
		HttpResponse<String> response = this.browser.send(this.node, method, path);
		assertThat(response.statusCode()).as(method + " " + path).isEqualTo(200);
		return response.body();
	}

	private static List<String> fields(String key) {
		return ((List<?>) Objects.requireNonNull(redis.command("HKEYS", key))).stream().map(String::valueOf).toList();
	}

	private void write(String key, String field, byte[] payload) {
		try (RedisConnection connection = this.node.get(RedisConnectionFactory.class).getConnection()) {
			assertThat(connection.hashCommands().hSet(bytes(key), bytes(field), payload)).as("whether it is new")
				.isFalse();
		}
	}

	private void enter(byte[] payload) {
		try (RedisConnection connection = this.node.get(RedisConnectionFactory.class).getConnection()) {
			connection.zSetCommands().zAdd(bytes(INDEX), 1e14, payload);
		}
	}

	/**
	 * Canaries in the forms of attributes too, and times that nobody has written.
	 */
	private static List<byte[]> payloads() {
		String name = Canary.class.getName();
		List<byte[]> payloads = new ArrayList<>(Canary.payloads());
		for (String form : List.of("%s !{\"name\":\"x\"}", "list<%s> ![{\"name\":\"x\"}]",
				"map<%s> !{\"a\":{\"name\":\"x\"}}", "security {\"@class\":\"%s\",\"name\":\"x\"}", "1 0 0 0", "-1",
				"\n\n", "1 999999999999999 999999999999999 999999999999999", "999999999999999")) {
			payloads.add(json(form.replace("%s", name)));
		}
		byte[] canary = json(name + " !{\"name\":\"x\"}");
		for (String kind : List.of("list", "set", "map", "flash")) {
			payloads.add(parts(kind, canary, canary));
		}
		byte[] one = json("Long !1");
		payloads.add(parts("flash", json("null "), json("map<String> !{\"a\":\"x\"}"), one, parts("map")));
		payloads.add(parts("flash", json("null "), parts("map"), one, parts("map", canary, canary)));
		return payloads;
	}

	private static byte[] parts(String kind, byte[]... parts) {
		byte[] all = bytes(kind + " ");
		for (byte[] part : parts) {
			byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array();
			all = Canary.concat(all, Canary.concat(length, part));
		}
		return all;
	}

	/**
	 * With the mark of JSON where there is an exclamation mark.
	 */
	private static byte[] json(String text) {
		return bytes(text.replace('!', '\u0010'));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
