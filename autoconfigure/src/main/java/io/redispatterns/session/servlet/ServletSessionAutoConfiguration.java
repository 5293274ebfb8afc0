package io.redispatterns.session.servlet;

import io.redispatterns.session.CurrentSession;
import io.redispatterns.session.RedisSessionAutoConfiguration;
import io.redispatterns.session.SessionCookie;
import io.redispatterns.session.UserSessions;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.session.store.UserIndex;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter.Directive;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Auto-configuration for the sessions of servlet applications.
 */
@AutoConfiguration(after = RedisSessionAutoConfiguration.class,
		beforeName = { "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
				"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration",
				"org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ SessionRepositoryFilter.class, Filter.class })
@ConditionalOnBean(Sessions.class)
@ConditionalOnMissingBean(SessionRepository.class)
@ConditionalOnBooleanProperty(name = "redis.session.enabled", matchIfMissing = true)
public final class ServletSessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(CookieSerializer.class)
	SessionCookieSerializer redisSessionCookieSerializer(SessionCookie cookie) {
		return new SessionCookieSerializer(cookie);
	}

	@Bean
	@ConditionalOnMissingBean(HttpSessionIdResolver.class)
	CookieHttpSessionIdResolver redisSessionIdResolver(CookieSerializer serializer) {
		CookieHttpSessionIdResolver resolver = new CookieHttpSessionIdResolver();
		resolver.setCookieSerializer(serializer);
		return resolver;
	}

	@Bean
	RedisHttpSessions redisHttpSessions(Sessions sessions, SessionCookie cookie, HttpSessionIdResolver resolver,
			ObjectProvider<CookieSerializer> serializer) {
		boolean rolling = cookie.maxAge() != null && resolver instanceof CookieHttpSessionIdResolver;
		return new RedisHttpSessions(sessions, rolling ? serializer.getIfAvailable() : null);
	}

	@Bean
	SessionRepositoryFilter<StoredSession> springSessionRepositoryFilter(RedisHttpSessions sessions,
			HttpSessionIdResolver resolver) {
		SessionRepositoryFilter<StoredSession> filter = new SessionRepositoryFilter<>(sessions);
		filter.setHttpSessionIdResolver(resolver);
		return filter;
	}

	@Bean
	FilterRegistrationBean<SessionRepositoryFilter<StoredSession>> redisSessionFilterRegistration(
			SessionRepositoryFilter<StoredSession> filter) {
		return registration(filter, SessionRepositoryFilter.DEFAULT_ORDER);
	}

	@Bean
	FilterRegistrationBean<SessionExchangeFilter> redisSessionExchangeFilterRegistration() {
		return registration(new SessionExchangeFilter(), SessionRepositoryFilter.DEFAULT_ORDER - 1);
	}

	private static <T extends Filter> FilterRegistrationBean<T> registration(T filter, int order) {
		FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		registration.setOrder(order);
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean
	CurrentSession redisCurrentSession() {
		return SessionExchangeFilter::currentHandle;
	}

	@Bean
	@ConditionalOnMissingBean(UserSessions.class)
	RedisUserSessions redisUserSessions(UserIndex index, CurrentSession current) {
		return new RedisUserSessions(index, current);
	}

	@Bean
	@ConditionalOnMissingBean(HttpSessionLogin.class)
	AttributeLogin redisSessionLogin() {
		return new AttributeLogin();
	}

	/**
	 * What Spring MVC does when Redis is away.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HandlerExceptionResolver.class)
	static class MvcConfiguration {

		@Bean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
		@ConditionalOnMissingBean(name = DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
		ForgivingFlashMaps redisSessionFlashMaps() {
			return new ForgivingFlashMaps();
		}

		/**
		 * Mapped, as the endpoints of Actuator have no other interceptors.
		 */
		@Bean
		MappedInterceptor redisSessionHandledRequests() {
			return new MappedInterceptor(null, new HandledRequests());
		}

		@Bean
		UnavailableSessionResolver redisUnavailableSessionResolver() {
			return new UnavailableSessionResolver();
		}

	}

	/**
	 * What a logout of Spring Security has the browser forget over HTTPS, unless the
	 * application says otherwise.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpSecurity.class, ClearSiteDataHeaderWriter.class })
	static class LogoutConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "redisSessionLogout")
		Customizer<HttpSecurity> redisSessionLogout() {
			LogoutHandler forget = new HeaderWriterLogoutHandler(
					new ClearSiteDataHeaderWriter(Directive.CACHE, Directive.COOKIES, Directive.STORAGE));
			return (http) -> http.logout((logout) -> logout.addLogoutHandler(forget));
		}

	}

	/**
	 * The sessions of users for Spring Security, which then limits their number.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRegistry.class)
	@ConditionalOnBooleanProperty(name = "redis.session.indexed", matchIfMissing = true)
	static class SecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRegistry.class)
		RevokingSessionRegistry redisSessionRegistry(UserSessions sessions) {
			return new RevokingSessionRegistry(sessions);
		}

	}

}
