package io.redispatterns.session.reactive;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.servlet.ShopNode;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.stampede.Wire;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.SessionLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security's own login on two reactive nodes.
 */
class ReactiveSecurityIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ShopNode node;

	private static ShopNode other;

	@BeforeAll
	static void start() {
		node = ShopNode.startReactive(redis.springProperties(), List.of(Security.class),
				"server.forward-headers-strategy=framework");
		other = ShopNode.startReactive(redis.springProperties(), List.of(Security.class));
	}

	@AfterAll
	static void stop() {
		node.close();
		other.close();
	}

	@Test
	void loginChangesTheIdentifierAndTheSessionIsThatOfTheUserOnAllNodes() {
		Browser browser = new Browser();
		browser.accept = "text/html";
		assertThat(browser.get(node, "/get?name=a").statusCode()).isEqualTo(302);
		String before = browser.cookie;
		assertThat(before).isNotEmpty();
		login(browser, node, "alice");
		assertThat(browser.cookie).isNotEqualTo(before);
		assertThat(browser.get(other, "/get?name=a").body()).isEqualTo("null");
		assertThat(sessions("alice")).isEqualTo(1);
		Browser planted = new Browser();
		planted.cookie = before;
		assertThat(planted.get(other, "/get?name=a").statusCode()).isEqualTo(302);
		try (Wire wire = Wire.tap(redis)) {
			browser.get(other, "/get?name=a");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha");
		}
		assertThat(other.get(ReactiveUserSessions.class).revokeAll("alice").block(Duration.ofSeconds(10))).isEqualTo(1);
		assertThat(browser.get(node, "/get?name=a").statusCode()).isEqualTo(302);
	}

	@Test
	void secondLoginEndsTheFirstOnAnotherNode() {
		Browser first = new Browser();
		Browser second = new Browser();
		login(first, node, "bob");
		assertThat(first.get(other, "/get?name=a").statusCode()).isEqualTo(200);
		login(second, other, "bob");
		assertThat(first.get(node, "/get?name=a").statusCode()).isEqualTo(302);
		assertThat(second.get(node, "/get?name=a").statusCode()).isEqualTo(200);
		login(second, node, "bob");
		assertThat(second.get(other, "/get?name=a").statusCode()).isEqualTo(200);
	}

	@Test
	void logoutEndsTheSession() {
		Browser browser = new Browser();
		login(browser, other, "carol");
		String key = "shop:session:{" + SessionIds.handle(browser.cookie) + "}";
		assertThat(redis.command("EXISTS", key)).isEqualTo(1L);
		browser.protocol = "https";
		HttpResponse<String> logout = browser.post(node, "/logout");
		assertThat(logout.statusCode()).isEqualTo(302);
		assertThat(logout.headers().firstValue("clear-site-data").orElse("")).contains("\"cookies\"", "\"storage\"");
		assertThat(browser.cookie).isEmpty();
		assertThat((List<?>) redis.command("KEYS", "shop:session:user:{scarol}")).isEmpty();
		assertThat(redis.command("EXISTS", key)).isEqualTo(0L);
	}

	private static long sessions(String user) {
		return node.get(ReactiveUserSessions.class).list(user).collectList().block(Duration.ofSeconds(10)).size();
	}

	private static void login(Browser browser, ShopNode node, String user) {
		HttpResponse<String> login = browser.form(node, "/login", "username=" + user + "&password=secret");
		assertThat(login.statusCode()).isEqualTo(302);
		assertThat(login.headers().firstValue("location").orElse("")).doesNotContain("error");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class Security {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated()).formLogin((form) -> {
			})
				.csrf((csrf) -> csrf.disable())
				.sessionManagement(
						(sessions) -> sessions.concurrentSessions((limit) -> limit.maximumSessions(SessionLimit.of(1))))
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(List.of("alice", "bob", "carol")
				.stream()
				.map((name) -> User.withUsername(name).password("{noop}secret").roles("USER").build())
				.toList());
		}

	}

}
