package io.redispatterns.ratelimit.web;

import java.util.List;

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
