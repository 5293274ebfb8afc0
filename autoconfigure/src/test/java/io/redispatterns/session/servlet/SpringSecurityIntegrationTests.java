package io.redispatterns.session.servlet;

import java.net.http.HttpResponse;
import java.util.List;

import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.stampede.Wire;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security's own login on two nodes.
 */
class SpringSecurityIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ShopNode node;

	private static ShopNode other;

	@BeforeAll
	static void start() {
		node = ShopNode.start(redis.springProperties(), List.of(Security.class),
				"server.forward-headers-strategy=framework");
		other = ShopNode.start(redis.springProperties(), List.of(Security.class));
	}

	@AfterAll
	static void stop() {
		node.close();
		other.close();
	}

	@Test
	void loginChangesTheIdentifierAndTheSessionIsThatOfTheUserOnAllNodes() {
		Browser browser = new Browser();
		assertThat(browser.get(node, "/get?name=a").statusCode()).isEqualTo(302);
		String before = browser.cookie;
		assertThat(before).isNotEmpty();
		login(browser, node, "alice");
		assertThat(browser.cookie).isNotEqualTo(before);
		assertThat(browser.get(other, "/get?name=a").body()).isEqualTo("null");
		assertThat(other.get(UserSessions.class).list("alice")).hasSize(1);
		Browser planted = new Browser();
		planted.cookie = before;
		assertThat(planted.get(other, "/get?name=a").statusCode()).isEqualTo(302);
		try (Wire wire = Wire.tap(redis)) {
			browser.get(other, "/get?name=a");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha");
		}
		assertThat(other.get(UserSessions.class).revokeAll("alice")).isEqualTo(1);
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
		second.protocol = "https";
		HttpResponse<String> logout = second.post(node, "/logout");
		assertThat(logout.statusCode()).isEqualTo(302);
		assertThat(logout.headers().firstValue("clear-site-data")).contains("\"cache\", \"cookies\", \"storage\"");
		assertThat(node.get(UserSessions.class).list("bob")).isEmpty();
	}

	private static void login(Browser browser, ShopNode node, String user) {
		HttpResponse<String> response = browser.post(node, "/login?username=" + user + "&password=secret");
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("location").orElse("")).doesNotContain("error");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class Security {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin((form) -> form.defaultSuccessUrl("/page"))
				.csrf((csrf) -> csrf.disable())
				.sessionManagement((sessions) -> sessions.maximumSessions(1))
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(user("alice"), user("bob"));
		}

		private static UserDetails user(String name) {
			return User.withUsername(name).password("{noop}secret").authorities("ROLE_USER").build();
		}

	}

}
