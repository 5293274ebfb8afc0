package io.redispatterns.security;

import java.util.List;
import java.util.Map;

import io.redispatterns.session.servlet.ShopNode;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * The same where the application is reactive.
 */
class WebSessionLeaksIntegrationTests extends SessionLeaksIntegrationTests {

	@Override
	ShopNode start(Map<String, String> connection, String... properties) {
		return ShopNode.startReactive(connection, List.of(Operated.class), properties);
	}

	/**
	 * All that a reactive application has, open to everybody.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Operated {

		@Bean
		SecurityWebFilterChain open(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.csrf((csrf) -> csrf.disable())
				.build();
		}

	}

}
