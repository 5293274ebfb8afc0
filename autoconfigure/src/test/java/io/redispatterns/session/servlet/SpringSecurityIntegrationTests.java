package io.redispatterns.session.servlet;

import java.net.http.HttpResponse;
import java.util.List;

import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.ShopNode.Browser;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The contract over servlets.
 */
class SpringSecurityIntegrationTests extends SpringSecurityContract {

	@Override
	protected ShopNode start(String... properties) {
		return ShopNode.start(redis.springProperties(), List.of(Security.class), properties);
	}

	@Override
	protected HttpResponse<String> send(Browser browser, ShopNode node, String user) {
		return browser.post(node, "/login?username=" + user + "&password=secret");
	}

	@Override
	protected int sessions(String user) {
		return this.other.get(UserSessions.class).list(user).size();
	}

	@Override
	protected int revokeAll(String user) {
		return this.other.get(UserSessions.class).revokeAll(user);
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
			return new InMemoryUserDetailsManager(user("alice"), user("bob"), user("carol"));
		}

		private static UserDetails user(String name) {
			return User.withUsername(name).password("{noop}secret").authorities("ROLE_USER").build();
		}

	}

}
