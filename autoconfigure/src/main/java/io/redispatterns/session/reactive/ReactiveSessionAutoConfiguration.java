package io.redispatterns.session.reactive;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.RedisSessionAutoConfiguration;
import io.redispatterns.session.SessionCookie;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.UserIndex;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.web.server.authentication.logout.HeaderWriterServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.security.web.server.header.ClearSiteDataServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ClearSiteDataServerHttpHeadersWriter.Directive;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.web.server.session.SpringSessionWebSessionStore;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.CookieWebSessionIdResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionIdResolver;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Auto-configuration for the sessions of reactive applications.
 */
@AutoConfiguration(after = RedisSessionAutoConfiguration.class,
		beforeName = { "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
				"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisReactiveAutoConfiguration",
				"org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration",
				"org.springframework.boot.webflux.autoconfigure.WebSessionIdResolverAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ SpringSessionWebSessionStore.class, DispatcherHandler.class, Mono.class })
@ConditionalOnBean(Sessions.class)
@ConditionalOnMissingBean(ReactiveSessionRepository.class)
@ConditionalOnBooleanProperty(name = "redis.session.enabled", matchIfMissing = true)
public final class ReactiveSessionAutoConfiguration {

	@Bean
	RedisWebSessions redisWebSessions(Sessions sessions) {
		return new RedisWebSessions(sessions);
	}

	@Bean
	@ConditionalOnMissingBean(WebSessionIdResolver.class)
	CookieWebSessionIdResolver webSessionIdResolver(SessionCookie cookie) {
		CookieWebSessionIdResolver resolver = new IdsOnlyResolver();
		resolver.setCookieName(cookie.name());
		resolver.setCookieMaxAge(Objects.requireNonNullElse(cookie.maxAge(), Duration.ofSeconds(-1)));
		resolver.addCookieInitializer((builder) -> {
			builder.path(cookie.path()).secure(cookie.secure()).httpOnly(cookie.httpOnly());
			builder.sameSite(cookie.sameSite()).partitioned(cookie.partitioned());
			if (cookie.domain() != null) {
				builder.domain(cookie.domain());
			}
		});
		return resolver;
	}

	@Bean(WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
	@ConditionalOnMissingBean(name = WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
	WebSessionManager redisWebSessionManager(RedisWebSessions sessions, WebSessionIdResolver resolver) {
		DefaultWebSessionManager manager = new DefaultWebSessionManager();
		manager.setSessionStore(new SpringSessionWebSessionStore<>(sessions));
		manager.setSessionIdResolver(resolver);
		return manager;
	}

	@Bean
	SessionExchangeFilter redisSessionExchangeFilter(SessionCookie cookie, WebSessionIdResolver resolver) {
		return new SessionExchangeFilter(cookie.name(), (cookie.maxAge() != null) ? resolver::setSessionId : null);
	}

	@Bean
	@ConditionalOnMissingBean(ReactiveUserSessions.class)
	RedisReactiveUserSessions redisReactiveUserSessions(UserIndex index) {
		return new RedisReactiveUserSessions(index);
	}

	@Bean
	@ConditionalOnMissingBean(WebSessionLogin.class)
	AttributeWebLogin redisWebSessionLogin() {
		return new AttributeWebLogin();
	}

	/**
	 * What a logout of Spring Security ends, and has the browser forget over HTTPS,
	 * unless the application says otherwise.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ServerHttpSecurity.class, WebSessionServerLogoutHandler.class })
	static class LogoutConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "redisSessionLogout")
		Customizer<ServerHttpSecurity> redisSessionLogout() {
			List<ServerLogoutHandler> handlers = List.of(new WebSessionServerLogoutHandler(),
					new HeaderWriterServerLogoutHandler(new ClearSiteDataServerHttpHeadersWriter(Directive.CACHE,
							Directive.COOKIES, Directive.STORAGE)));
			return (http) -> http.logout((logout) -> logout.logoutHandler((all) -> all.addAll(handlers)));
		}

	}

	/**
	 * The sessions of users for Spring Security, which then limits their number.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveSessionRegistry.class)
	@ConditionalOnBooleanProperty(name = "redis.session.indexed", matchIfMissing = true)
	static class SecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean(ReactiveSessionRegistry.class)
		RevokingSessionRegistry redisReactiveSessionRegistry(ReactiveUserSessions sessions) {
			return new RevokingSessionRegistry(sessions);
		}

	}

}
