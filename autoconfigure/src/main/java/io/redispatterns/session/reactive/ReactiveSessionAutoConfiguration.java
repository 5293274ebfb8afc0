package io.redispatterns.session.reactive;

import java.time.Duration;
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

}
