package io.redispatterns.session.servlet;

import java.net.http.HttpResponse;
import java.util.List;

import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.stampede.Wire;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security's own login on two nodes, where each user has one session at a time.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class SpringSecurityContract {

	@Redis
	protected static StandaloneRedis redis;

	protected ShopNode node;

	protected ShopNode other;

	protected abstract ShopNode start(String... properties);

	protected abstract HttpResponse<String> send(Browser browser, ShopNode node, String user);

	protected abstract int sessions(String user);

	protected abstract int revokeAll(String user);

	@BeforeAll
	void start() {
		this.node = start("server.forward-headers-strategy=framework");
		this.other = start(new String[0]);
	}

	@AfterAll
	void stop() {
		this.node.close();
		this.other.close();
	}

	private void login(Browser browser, ShopNode node, String user) {
		HttpResponse<String> login = send(browser, node, user);
		assertThat(login.statusCode()).isEqualTo(302);
		assertThat(login.headers().firstValue("location").orElse("")).doesNotContain("error");
	}

	@Test
	void loginChangesTheIdentifierAndTheSessionIsThatOfTheUserOnAllNodes() {
		Browser browser = new Browser();
		browser.accept = "text/html";
		assertThat(browser.get(this.node, "/get?name=a").statusCode()).isEqualTo(302);
		String before = browser.cookie;
		assertThat(before).isNotEmpty();
		login(browser, this.node, "alice");
		assertThat(browser.cookie).isNotEqualTo(before);
		assertThat(browser.get(this.other, "/get?name=a").body()).isEqualTo("null");
		assertThat(sessions("alice")).isOne();
		Browser planted = new Browser();
		planted.cookie = before;
		assertThat(planted.get(this.other, "/get?name=a").statusCode()).isEqualTo(302);
		try (Wire wire = Wire.tap(redis)) {
			browser.get(this.other, "/get?name=a");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha");
		}
		assertThat(revokeAll("alice")).isOne();
		assertThat(browser.get(this.node, "/get?name=a").statusCode()).isEqualTo(302);
	}

	@Test
	void secondLoginEndsTheFirstOnAnotherNode() {
		Browser first = new Browser();
		Browser second = new Browser();
		login(first, this.node, "bob");
		assertThat(first.get(this.other, "/get?name=a").statusCode()).isEqualTo(200);
		login(second, this.other, "bob");
		assertThat(first.get(this.node, "/get?name=a").statusCode()).isEqualTo(302);
		assertThat(second.get(this.node, "/get?name=a").statusCode()).isEqualTo(200);
		login(second, this.node, "bob");
		assertThat(second.get(this.other, "/get?name=a").statusCode()).isEqualTo(200);
	}

	@Test
	void logoutEndsTheSession() {
		Browser browser = new Browser();
		login(browser, this.other, "carol");
		String key = "shop:session:{" + SessionIds.handle(browser.cookie) + "}";
		assertThat(redis.command("EXISTS", key)).isEqualTo(1L);
		browser.protocol = "https";
		HttpResponse<String> logout = browser.post(this.node, "/logout");
		assertThat(logout.statusCode()).isEqualTo(302);
		assertThat(logout.headers().firstValue("clear-site-data").orElse("")).contains("\"cookies\"", "\"storage\"");
		assertThat(browser.cookie).isEmpty();
		assertThat((List<?>) redis.command("KEYS", "shop:session:user:{scarol}")).isEmpty();
		assertThat(redis.command("EXISTS", key)).isEqualTo(0L);
	}

}
