package io.redispatterns.session.servlet;

import java.net.http.HttpResponse;
import java.time.Duration;

import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What visitors see while Redis is away, and that they are still logged in afterwards.
 */
class SessionsWithoutRedisIntegrationTests {

	@Redis({ "--appendonly", "yes", "--appendfsync", "always" })
	static StandaloneRedis redis;

	@Test
	void answers503KeepsTheCookieAndTheSession() {
		try (ShopNode node = ShopNode.start(redis.springProperties(), "redis.resilience.command-timeout=1s",
				"redis.resilience.probe.interval=100ms", "redis.session.cookie.max-age=7d",
				"redis.session.touch-interval=0")) {
			Browser browser = new Browser();
			browser.post(node, "/login?user=alice");
			String cookie = browser.cookie;
			redis.server().freeze();
			expectAway(browser, node);
			redis.server().thaw();
			expectBack(browser, node);
			redis.server().kill();
			expectAway(browser, node);
			redis.server().restart();
			expectBack(browser, node);
			assertThat(browser.cookie).isEqualTo(cookie);
		}
	}

	private static void expectAway(Browser browser, ShopNode node) {
		for (String path : new String[] { "/me", "/get?name=a", "/sessions" }) {
			long begun = System.nanoTime();
			HttpResponse<String> response = browser.get(node, path);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
			assertThat(response.headers().map()).doesNotContainKey("set-cookie")
				.containsKeys("retry-after")
				.extractingByKey("content-type")
				.asString()
				.contains("application/problem+json");
			assertThat(response.body()).contains("session-unavailable").doesNotContain(browser.cookie);
		}
		HttpResponse<String> begin = new Browser().post(node, "/set?name=a&value=1");
		assertThat(begin.statusCode()).isEqualTo(503);
		assertThat(begin.headers().map()).doesNotContainKey("set-cookie");
		HttpResponse<String> logout = browser.post(node, "/logout");
		assertThat(logout.statusCode()).isEqualTo(503);
		assertThat(logout.headers().map()).doesNotContainKeys("set-cookie", "clear-site-data");
		assertThat(browser.get(node, "/page").body()).isEqualTo("page");
		assertThat(new Browser().get(node, "/get?name=a").body()).isEqualTo("no session");
	}

	private static void expectBack(Browser browser, ShopNode node) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(browser.get(node, "/me").body()).isEqualTo("alice"));
	}

}
