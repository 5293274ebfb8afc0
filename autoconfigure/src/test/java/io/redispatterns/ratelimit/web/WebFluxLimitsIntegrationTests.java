package io.redispatterns.ratelimit.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Limits in Spring WebFlux.
 */
class WebFluxLimitsIntegrationTests extends WebLimitsContract {

	@Override
	WebApplicationType type() {
		return WebApplicationType.REACTIVE;
	}

	@Override
	Class<?> security() {
		return Security.class;
	}

	@Test
	void answersARequestAfterARefusalThatCameWithTheOneBefore() throws IOException {
		await().until(() -> get("/paths/limited").status() == 429 && get("/paths/limited").status() == 429);
		String allowed = request("/search");
		String refused = request("/paths/limited");
		try (Socket socket = connect()) {
			socket.setSoTimeout(30_000);
			OutputStream out = socket.getOutputStream();
			BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
			for (int i = 0; i < 2; i++) {
				out.write((allowed + refused).getBytes(US_ASCII));
				assertThat(status(in)).isEqualTo("200");
				assertThat(status(in)).isEqualTo("429");
			}
		}
	}

	private String request(String path) {
		return "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n\r\n".formatted(path, client());
	}

	/**
	 * Read up to the next status line, which begins where a body ends.
	 */
	private static String status(BufferedReader in) throws IOException {
		String line = in.readLine();
		while (!line.contains("HTTP/1.1 ")) {
			line = in.readLine();
		}
		return line.split("HTTP/1.1 ")[1].substring(0, 3);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class Security {

		@Bean
		CorsConfigurationSource origins() {
			CorsConfiguration allowed = new CorsConfiguration();
			allowed.setAllowedOrigins(List.of("https://shop.example"));
			UrlBasedCorsConfigurationSource origins = new UrlBasedCorsConfigurationSource();
			origins.registerCorsConfiguration("/early/**", allowed);
			return origins;
		}

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange(
					(exchanges) -> exchanges.pathMatchers("/early/secured").authenticated().anyExchange().permitAll())
				.httpBasic(Customizer.withDefaults())
				.anonymous(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.cors(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(User.withUsername("alice").password("{noop}secret").build(),
					User.withUsername("pro").password("{noop}secret").roles("PRO").build());
		}

	}

}
