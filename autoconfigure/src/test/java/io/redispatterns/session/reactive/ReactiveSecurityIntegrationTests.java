package io.redispatterns.session.reactive;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.servlet.ShopNode;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.servlet.SpringSecurityContract;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.SessionLimit;

/**
 * The contract over WebFlux.
 */
class ReactiveSecurityIntegrationTests extends SpringSecurityContract {

	@Override
	protected ShopNode start(String... properties) {
		return ShopNode.startReactive(redis.springProperties(), List.of(Security.class), properties);
	}

	@Override
	protected HttpResponse<String> send(Browser browser, ShopNode node, String user) {
		return browser.form(node, "/login", "username=" + user + "&password=secret");
	}

	@Override
	protected int sessions(String user) {
		return this.other.get(ReactiveUserSessions.class).list(user).collectList().block(Duration.ofSeconds(10)).size();
	}

	@Override
	protected int revokeAll(String user) {
		return this.other.get(ReactiveUserSessions.class).revokeAll(user).block(Duration.ofSeconds(10));
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
