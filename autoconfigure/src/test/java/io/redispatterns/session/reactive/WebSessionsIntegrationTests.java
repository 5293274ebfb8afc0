package io.redispatterns.session.reactive;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.servlet.ShopNode;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.stampede.Wire;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two reactive nodes on one server.
 */
class WebSessionsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ShopNode node;

	private static ShopNode other;

	private final Browser browser = new Browser();

	@BeforeAll
	static void start() {
		node = startNode();
		other = startNode();
		// Scripts are known to the server from here on
		Browser first = new Browser();
		first.post(node, "/set?name=a&value=1");
		first.post(node, "/login?user=first");
		first.post(node, "/logout");
	}

	@AfterAll
	static void stop() {
		node.close();
		other.close();
	}

	@BeforeEach
	void awaitRedis() {
		for (ShopNode each : List.of(node, other)) {
			RedisExecutor executor = each.get(RedisExecutor.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> executor.await(executor.time()) > 0);
		}
		redis.command("FLUSHALL");
	}

	private static ShopNode startNode() {
		return ShopNode.startReactive(redis.springProperties(), List.of(), "redis.resilience.command-timeout=2s",
				"redis.resilience.probe.interval=100ms", "redis.session.cookie.max-age=7d");
	}

	@Test
	void walksLoginUseOnTwoNodesRevokeAndLogout() {
		assertThat(this.browser.get(node, "/page").headers().map()).doesNotContainKey("set-cookie");
		assertThat(this.browser.post(node, "/set?name=a&value=1").headers().firstValue("set-cookie").orElse(""))
			.matches("SID=[A-Za-z0-9_-]{43}; Max-Age=604800; Expires=.*; Path=/; HTTPOnly; SameSite=Lax");
		String before = this.browser.cookie;
		this.browser.post(node, "/login?user=alice");
		assertThat(this.browser.cookie).isNotEqualTo(before);
		Browser planted = new Browser();
		planted.cookie = before;
		assertThat(planted.get(other, "/me").body()).isEqualTo("null");
		try (Wire wire = Wire.tap(redis)) {
			assertThat(this.browser.get(other, "/get?name=a").body()).isEqualTo("1");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha");
		}
		assertThat(this.browser.get(other, "/sessions").body()).contains("\"current\":true", "Firefox on Linux")
			.doesNotContain(this.browser.cookie);
		String key = "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}";
		redis.command("HSET", key, "~t", "1700000000000");
		assertThat(this.browser.get(node, "/get?name=a").headers().firstValue("set-cookie").orElse(""))
			.startsWith("SID=" + this.browser.cookie);
		new Browser().post(other, "/login?user=alice");
		assertThat(this.browser.send(other, "DELETE", "/sessions").body()).isEqualTo("1");
		assertThat(this.browser.get(node, "/me").body()).isEqualTo("alice");
		assertThat(node.get(ReactiveUserSessions.class).revokeAll("alice").block(Duration.ofSeconds(10))).isEqualTo(1);
		assertThat(this.browser.get(other, "/me").body()).isEqualTo("null");
	}

	@Test
	void logoutIsTwoCommandsAndLeavesNothing() {
		this.browser.post(node, "/login?user=bob");
		String last = this.browser.cookie;
		try (Wire wire = Wire.tap(redis)) {
			HttpResponse<String> logout = this.browser.post(other, "/logout");
			assertThat(logout.headers().firstValue("clear-site-data")).contains("\"cache\", \"cookies\", \"storage\"");
			assertThat(logout.headers().firstValue("set-cookie").orElse("")).startsWith("SID=; Max-Age=0;");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha", "evalsha");
		}
		assertThat((List<?>) Objects.requireNonNull(redis.command("KEYS", "*"))).isEmpty();
		this.browser.cookie = last;
		assertThat(this.browser.get(node, "/me").body()).isEqualTo("null");
	}

	@Test
	void loginOfAnotherUserLeavesNothingOfTheFirst() {
		this.browser.post(node, "/login?user=alice");
		this.browser.post(node, "/set?name=a&value=1");
		String before = this.browser.cookie;
		this.browser.post(other, "/login?user=bob");
		assertThat(this.browser.cookie).isNotEqualTo(before);
		assertThat(Stream.of("/me", "/get?name=a").map((path) -> this.browser.get(node, path).body()))
			.containsExactly("bob", "null");
		ReactiveUserSessions sessions = node.get(ReactiveUserSessions.class);
		assertThat(sessions.list("alice").collectList().block(Duration.ofSeconds(10))).isEmpty();
		assertThat(sessions.list("bob").collectList().block(Duration.ofSeconds(10))).hasSize(1);
	}

	@Test
	void answers503KeepsTheCookieAndTheSession() {
		this.browser.post(node, "/set?name=b&value=2");
		String before = this.browser.cookie;
		redis.server().freeze();
		HttpResponse<String> away = this.browser.get(node, "/get?name=b");
		HttpResponse<String> page = this.browser.get(node, "/page");
		HttpResponse<String> begin = new Browser().post(node, "/set?name=c&value=3");
		HttpResponse<String> login = new Browser().post(node, "/login?user=carol");
		redis.server().thaw();
		assertThat(away.statusCode()).isEqualTo(503);
		assertThat(away.body()).contains("session-unavailable");
		assertThat(away.headers().map()).doesNotContainKey("set-cookie").containsKey("retry-after");
		assertThat(page.body()).isEqualTo("page");
		assertThat(List.of(begin, login)).allSatisfy((each) -> {
			assertThat(each.statusCode()).isEqualTo(503);
			assertThat(each.headers().map()).doesNotContainKey("set-cookie");
		});
		assertThat(this.browser.cookie).isEqualTo(before);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.browser.get(node, "/get?name=b").body()).isEqualTo("2"));
	}

}
