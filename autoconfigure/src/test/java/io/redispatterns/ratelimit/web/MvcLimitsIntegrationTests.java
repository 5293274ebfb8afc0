package io.redispatterns.ratelimit.web;

import java.util.List;

import io.redispatterns.ratelimit.RateLimited;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits in Spring MVC.
 */
class MvcLimitsIntegrationTests extends WebLimitsContract {

	@Override
	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Override
	Class<?> security() {
		return Security.class;
	}

	@Test
	void countsForwardedRequestOnce() {
		Answer answer = get("/forwarded");
		assertThat(answer.body()).isEqualTo("found");
		assertThat(answer.header("RateLimit")).startsWith("\"search\";r=2;");
	}

	@Controller
	static class Forwarding {

		@RateLimited("search")
		@GetMapping("/forwarded")
		String forward() {
			return "forward:/search";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Forwarding.class)
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
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/early/secured").authenticated().anyRequest().permitAll())
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.cors(Customizer.withDefaults())
				.build();
		}

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(User.withUsername("alice").password("{noop}secret").build(),
					User.withUsername("pro").password("{noop}secret").roles("PRO").build());
		}

	}

}
