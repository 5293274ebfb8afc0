package io.redispatterns.session.reactive;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.RedisSessionAutoConfiguration;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.stampede.Wire;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebSessionIdResolverAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two reactive nodes on one server.
 */
class WebSessionsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ConfigurableApplicationContext node;

	private static ConfigurableApplicationContext other;

	private final HttpClient http = HttpClient.newHttpClient();

	private String cookie = "";

	@BeforeAll
	static void start() {
		node = startNode();
		other = startNode();
	}

	@AfterAll
	static void stop() {
		node.close();
		other.close();
	}

	@BeforeEach
	void awaitRedis() {
		for (ConfigurableApplicationContext each : List.of(node, other)) {
			RedisExecutor executor = each.getBean(RedisExecutor.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> executor.await(executor.time()) > 0);
		}
	}

	/**
	 * Start a node with a connection for each request: Reactor Netty 1.3.7 may read one
	 * no further (reactor-netty#4361).
	 */
	private static ConfigurableApplicationContext startNode() {
		String[] properties = Stream
			.concat(Stream.of("redis.namespace=shop", "redis.resilience.command-timeout=2s",
					"redis.resilience.breaker.slow-call=10s", "server.port=0", "server.netty.max-keep-alive-requests=1",
					"redis.resilience.probe.interval=100ms", "redis.session.cookie.secure=false",
					"redis.session.cookie.max-age=7d", "logging.level.root=off", "spring.main.banner-mode=off"),
					redis.springProperties().entrySet().stream().map(Object::toString))
			.map((each) -> "--" + each)
			.toArray(String[]::new);
		return new SpringApplicationBuilder(Shop.class).web(WebApplicationType.REACTIVE).run(properties);
	}

	@Test
	void walksLoginUseOnTwoNodesRevokeAndLogout() throws Exception {
		assertThat(send(node, "GET", "/page").headers().map()).doesNotContainKey("set-cookie");
		HttpResponse<String> set = send(node, "POST", "/set?name=a&value=1");
		assertThat(set.headers().firstValue("set-cookie").orElse(""))
			.matches("SID=[A-Za-z0-9_-]{43}; Max-Age=604800; Expires=.*; Path=/; HTTPOnly; SameSite=Lax");
		String before = this.cookie;
		send(node, "POST", "/login?user=alice");
		assertThat(this.cookie).isNotEqualTo(before);
		try (Wire wire = Wire.tap(redis)) {
			assertThat(send(other, "GET", "/get?name=a").body()).isEqualTo("1");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha");
		}
		assertThat(send(other, "GET", "/sessions").body()).contains("\"current\":true").doesNotContain(this.cookie);
		String key = "shop:session:{" + SessionIds.handle(this.cookie) + "}";
		redis.command("HSET", key, "~t", "1700000000000");
		assertThat(send(node, "GET", "/get?name=a").headers().firstValue("set-cookie").orElse(""))
			.startsWith("SID=" + this.cookie);
		String mine = this.cookie;
		this.cookie = "";
		send(other, "POST", "/login?user=alice");
		assertThat(send(other, "DELETE", "/sessions").body()).isEqualTo("1");
		this.cookie = mine;
		assertThat(send(node, "GET", "/get?name=a").body()).isEqualTo("null");
		assertThat(node.getBean(ReactiveUserSessions.class).revokeAll("alice").block(Duration.ofSeconds(10)))
			.isEqualTo(1);
	}

	@Test
	void logoutEndsTheSession() throws Exception {
		send(node, "POST", "/login?user=bob");
		send(other, "POST", "/logout");
		assertThat(node.getBean(ReactiveUserSessions.class).list("bob").collectList().block(Duration.ofSeconds(10)))
			.isEmpty();
	}

	@Test
	void answers503KeepsTheCookieAndTheSession() throws Exception {
		send(node, "POST", "/set?name=b&value=2");
		String before = this.cookie;
		redis.server().freeze();
		HttpResponse<String> away = send(node, "GET", "/get?name=b");
		HttpResponse<String> page = send(node, "GET", "/page");
		this.cookie = "";
		HttpResponse<String> begin = send(node, "POST", "/set?name=c&value=3");
		redis.server().thaw();
		assertThat(away.statusCode()).isEqualTo(503);
		assertThat(away.body()).contains("session-unavailable");
		assertThat(away.headers().map()).doesNotContainKey("set-cookie").containsKey("retry-after");
		assertThat(page.body()).isEqualTo("page");
		assertThat(begin.statusCode()).isEqualTo(503);
		assertThat(begin.headers().map()).doesNotContainKey("set-cookie");
		this.cookie = before;
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(send(node, "GET", "/get?name=b").body()).isEqualTo("2"));
	}

	private HttpResponse<String> send(ConfigurableApplicationContext to, String method, String path) throws Exception {
		int port = to.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (!this.cookie.isEmpty()) {
			request.header("Cookie", "SID=" + this.cookie);
		}
		HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		response.headers()
			.firstValue("set-cookie")
			.ifPresent((each) -> this.cookie = each.substring("SID=".length()).split(";", 2)[0]);
		return response;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
			WebFluxAutoConfiguration.class, WebSessionIdResolverAutoConfiguration.class, CodecsAutoConfiguration.class,
			DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class,
			CodecAutoConfiguration.class, RedisSessionAutoConfiguration.class, ReactiveSessionAutoConfiguration.class })
	@RestController
	static class Shop {

		private final ReactiveUserSessions sessions;

		Shop(ReactiveUserSessions sessions) {
			this.sessions = sessions;
		}

		@GetMapping("/page")
		Mono<String> page() {
			return Mono.just("page");
		}

		@GetMapping("/get")
		Mono<String> get(ServerWebExchange exchange, @RequestParam String name) {
			return exchange.getSession().map((session) -> String.valueOf(session.getAttributes().get(name)));
		}

		@PostMapping("/set")
		Mono<String> set(ServerWebExchange exchange, @RequestParam String name, @RequestParam String value) {
			return exchange.getSession().map((session) -> {
				session.getAttributes().put(name, value);
				return "set";
			});
		}

		@PostMapping("/login")
		Mono<String> login(ServerWebExchange exchange, @RequestParam String user) {
			return exchange.getSession().flatMap((session) -> {
				session.getAttributes().put(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
				return session.changeSessionId().thenReturn("hello " + user);
			});
		}

		@PostMapping("/logout")
		Mono<Void> logout(ServerWebExchange exchange) {
			return exchange.getSession().flatMap(WebSession::invalidate);
		}

		@GetMapping("/sessions")
		Flux<UserSession> sessions(ServerWebExchange exchange) {
			return exchange.getSession()
				.flatMapMany((session) -> this.sessions.list(String.valueOf(
						session.<Object>getAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME))));
		}

		@DeleteMapping("/sessions")
		Mono<Integer> revokeOthers(ServerWebExchange exchange) {
			return exchange.getSession()
				.flatMap((session) -> this.sessions.revokeOthers(String.valueOf(
						session.<Object>getAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME))));
		}

	}

}
