package io.redispatterns.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.session.reactive.ReactiveSessionAutoConfiguration;
import io.redispatterns.session.servlet.HttpSessionLogin;
import io.redispatterns.session.servlet.ServletSessionAutoConfiguration;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.ReactiveMapSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.server.session.WebSessionManager;

import static org.assertj.core.api.Assertions.assertThat;

class RedisSessionAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			RedisSessionAutoConfiguration.class, ServletSessionAutoConfiguration.class,
			ReactiveSessionAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withPropertyValues("redis.namespace=test")
		.withConfiguration(ALL);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withPropertyValues("redis.namespace=test")
		.withConfiguration(ALL);

	@Test
	void backsOffWithoutRedis() {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RedisSessionAutoConfiguration.class, ServletSessionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionRepository.class));
	}

	@Test
	void backsOffWithoutWebApplication() {
		new ApplicationContextRunner().withPropertyValues("redis.namespace=test")
			.withConfiguration(ALL)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Sessions.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Sessions.class)
				.doesNotHaveBean(SessionRepositoryFilter.class)
				.doesNotHaveBean(CookieSerializer.class));
		this.reactive.withPropertyValues("redis.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Sessions.class)
				.doesNotHaveBean(WebSessionManager.class));
	}

	@Test
	void backsOffWhenUserDefinesSessionRepository() {
		this.runner.withBean("mine", MapSessionRepository.class, () -> new MapSessionRepository(Map.of()))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SessionRepositoryFilter.class)
				.doesNotHaveBean(HttpSessionLogin.class)
				.getBeanNames(SessionRepository.class)
				.containsExactly("mine"));
		this.reactive
			.withBean("mine", ReactiveMapSessionRepository.class, () -> new ReactiveMapSessionRepository(Map.of()))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(WebSessionManager.class)
				.getBeanNames(ReactiveSessionRepository.class)
				.containsExactly("mine"));
	}

	@Test
	void bootsOwnSessionsGiveWayUnlessOursAreOff() {
		WebApplicationContextRunner both = this.runner
			.withConfiguration(AutoConfigurations.of(SessionDataRedisAutoConfiguration.class));
		both.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(SessionRepository.class)
			.hasBean("redisHttpSessions"));
		both.withPropertyValues("redis.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionRepository.class)
				.hasBean("bootsSessions"));
	}

	@Test
	void backsOffWithoutSpringSession() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.session"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("redisSessions"));
	}

	@Test
	void needsNeitherSecurityNorMvcNorMicrometer() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "org.springframework.web.servlet",
					"io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SessionRepository.class));
	}

	@Test
	void givesSpringSecurityARegistryUnlessThereIsNoIndex() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SessionRegistry.class));
		this.runner.withPropertyValues("redis.session.indexed=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SessionRegistry.class));
	}

	@Test
	void backsOffWhenUserDefinesCookieSerializer() {
		this.runner.withBean("mine", DefaultCookieSerializer.class)
			.run((context) -> assertThat(context).hasSingleBean(SessionRepositoryFilter.class)
				.getBeanNames(CookieSerializer.class)
				.containsExactly("mine"));
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SessionRepositoryFilter.class).hasSingleBean(UserSessions.class);
			assertThat(context.getBean(SessionCookie.class))
				.isEqualTo(new SessionCookie("__Host-SID", null, "/", true, true, null, "Lax", false));
			assertThat(context.getBean(RedisSessionProperties.class)).isEqualTo(new RedisSessionProperties(true, null,
					Duration.ofDays(30), Map.of(), CookieSettings.NONE, true, Duration.ofSeconds(60), List.of()));
			StoredSession session = context.getBean(Sessions.class).begin();
			assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(30));
			assertThat(session.getId()).matches("[A-Za-z0-9_-]{43}");
		});
		this.reactive.run((context) -> assertThat(context).hasSingleBean(ReactiveUserSessions.class)
			.hasSingleBean(WebSessionManager.class)
			.doesNotHaveBean(UserSessions.class));
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.session.timeout=1h", "redis.session.cookie.name=__Secure-X",
					"redis.session.cookie.domain=shop.example.com", "redis.session.cookie.same-site=strict",
					"redis.session.cookie.max-age=7d", "redis.session.classes.admin.timeout=5m",
					"redis.session.allowed-packages=com.acme")
			.run((context) -> {
				assertThat(context.getBean(SessionCookie.class)).isEqualTo(new SessionCookie("__Secure-X",
						"shop.example.com", "/", true, true, Duration.ofDays(7), "Strict", false));
				assertThat(context.getBean(Sessions.class).begin().getMaxInactiveInterval())
					.isEqualTo(Duration.ofHours(1));
				SessionTimeOuts timeOuts = new SessionTimeOuts(context.getBean(RedisSessionProperties.class),
						Duration.ofHours(1), context.getBean(SessionClassResolver.class));
				MapSession session = new MapSession();
				session.setAttribute(SessionClassResolver.ATTRIBUTE, "admin");
				assertThat(timeOuts.of(session).idle()).isEqualTo(Duration.ofMinutes(5));
				assertThat(timeOuts.of(session).absolute()).isEqualTo(Duration.ofDays(30));
			});
	}

	@Test
	void takesWhatIsNotSetFromTheServersKeys() {
		this.runner
			.withPropertyValues("server.servlet.session.timeout=90", "server.servlet.session.cookie.same-site=none",
					"server.servlet.session.cookie.max-age=60", "server.servlet.context-path=/shop",
					"redis.session.cookie.http-only=false")
			.run((context) -> {
				assertThat(context.getBean(SessionCookie.class)).isEqualTo(new SessionCookie("__Secure-SID", null,
						"/shop", false, true, Duration.ofMinutes(1), "None", false));
				assertThat(context.getBean(Sessions.class).begin().getMaxInactiveInterval())
					.isEqualTo(Duration.ofSeconds(90));
			});
		this.reactive.withPropertyValues("server.reactive.session.timeout=2h")
			.run((context) -> assertThat(context.getBean(Sessions.class).begin().getMaxInactiveInterval())
				.isEqualTo(Duration.ofHours(2)));
	}

	@Test
	void cookieOfADeveloperIsNotSecure() {
		this.runner.withPropertyValues("spring.profiles.active=dev")
			.run((context) -> assertThat(context.getBean(SessionCookie.class))
				.isEqualTo(new SessionCookie("SID", null, "/", true, false, null, "Lax", false)));
	}

	@ParameterizedTest
	@CsvSource({ "timeout=0, timeout, be at least 1s", "absolute-timeout=-1s, absolute-timeout, be at least 1s",
			"touch-interval=-1s, touch-interval, not be negative", "classes.x.timeout=1ms, classes.x.timeout, at least",
			"allowed-packages=com.acme.*, allowed-packages, be the name of a package",
			"cookie.secure=false;cookie.name=__Host-X, cookie.name, not begin with",
			"cookie.secure=false;cookie.name=__Secure-X, cookie.name, not begin with",
			"cookie.name=__Host-X;cookie.path=/shop, cookie.name, not begin with",
			"cookie.name=__Host-X;cookie.domain=example.com, cookie.name, not begin with",
			"cookie.secure=false;cookie.same-site=none, cookie.same-site, be lax or strict",
			"cookie.secure=false;cookie.partitioned=true, cookie.partitioned, be false",
			"cookie.name=a b, cookie.name, consist of", "cookie.max-age=0, cookie.max-age, be greater than zero",
			"cookie.domain=a b, cookie.domain, be the name of a host", "cookie.path=shop, cookie.path, begin with" })
	void failsWithSettingWhenInvalid(String settings, String key, String reason) {
		String[] properties = List.of(settings.split(";"))
			.stream()
			.map((each) -> "redis.session." + each)
			.toArray(String[]::new);
		this.runner.withPropertyValues(properties)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining(key + "'")
				.hasMessageContaining(reason));
	}

}
