package io.redispatterns.session.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.session.Basket;
import io.redispatterns.session.RedisSessionAutoConfiguration;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.UserSessions;
import io.redispatterns.session.reactive.WebShop;
import io.redispatterns.session.store.SessionEvent;
import io.redispatterns.session.store.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * One node of a web application with sessions, on a port of its own.
 */
public final class ShopNode implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final int port;

	private ShopNode(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Start a node, which is patient with a slow machine unless told otherwise.
	 */
	public static ShopNode start(Map<String, String> redis, String... properties) {
		return start(redis, List.of(), properties);
	}

	/**
	 * Start a node of the same shop that is reactive. Its connections serve one request
	 * each: Reactor Netty 1.3.7 may read no more from one that serves several.
	 */
	public static ShopNode startReactive(Map<String, String> redis, List<Class<?>> more, String... properties) {
		return start(WebShop.class, redis, more,
				Stream.concat(Stream.of("server.netty.max-keep-alive-requests=1"), Stream.of(properties))
					.toArray(String[]::new));
	}

	public static ShopNode start(Map<String, String> redis, List<Class<?>> more, String... properties) {
		return start(Shop.class, redis, more, properties);
	}

	private static ShopNode start(Class<?> shop, Map<String, String> redis, List<Class<?>> more, String... properties) {
		Map<String, String> all = new LinkedHashMap<>();
		Stream
			.of(Stream.of("redis.namespace=shop", "redis.resilience.command-timeout=10s",
					"redis.resilience.breaker.slow-call=10s", "server.port=0", "redis.resilience.probe.interval=1m",
					"redis.session.allowed-packages=io.redispatterns.session", "redis.session.cookie.secure=false",
					"spring.main.banner-mode=off", "logging.level.root=off"),
					redis.entrySet().stream().map(Object::toString), Stream.of(properties))
			.flatMap((each) -> each)
			.forEach((each) -> all.put(each.split("=", 2)[0], "--" + each));
		ShopNode node = new ShopNode(new SpringApplicationBuilder(shop)
			.web((shop == WebShop.class) ? WebApplicationType.REACTIVE : WebApplicationType.SERVLET)
			.sources(more.toArray(Class<?>[]::new))
			.run(all.values().toArray(String[]::new)));
		RedisExecutor executor = node.get(RedisExecutor.class);
		Awaitility.await().ignoreExceptions().until(() -> executor.await(executor.time()) > 0);
		return node;
	}

	public <T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	public long count(SessionEvent event) {
		return get(Sessions.class).statistics().of(event);
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * A browser with one cookie.
	 */
	public static final class Browser {

		private final HttpClient http = HttpClient.newHttpClient();

		public String cookie = "";

		String name = "SID";

		public String protocol = "http";

		public String accept = "*/*";

		String userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

		public HttpResponse<String> get(ShopNode node, String path) {
			return send(node, "GET", path);
		}

		public HttpResponse<String> post(ShopNode node, String path) {
			return send(node, "POST", path);
		}

		public HttpResponse<String> send(ShopNode node, String method, String path) {
			return send(request(node, path).method(method, HttpRequest.BodyPublishers.noBody()));
		}

		/**
		 * Send what a form holds.
		 */
		public HttpResponse<String> form(ShopNode node, String path, String fields) {
			return send(request(node, path).header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(fields)));
		}

		private HttpRequest.Builder request(ShopNode node, String path) {
			return HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
				.timeout(Duration.ofMinutes(1))
				.header("Accept", this.accept)
				.header("User-Agent", this.userAgent)
				.header("X-Forwarded-Proto", this.protocol);
		}

		private HttpResponse<String> send(HttpRequest.Builder request) {
			if (!this.cookie.isEmpty()) {
				request.header("Cookie", this.name + "=" + this.cookie);
			}
			try {
				HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
				response.headers().allValues("Set-Cookie").forEach((each) -> {
					if (each.startsWith(this.name + "=")) {
						this.cookie = each.substring(this.name.length() + 1).split(";", 2)[0];
					}
				});
				return response;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, JacksonAutoConfiguration.class,
			ErrorMvcAutoConfiguration.class, DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
			ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, RedisSessionAutoConfiguration.class,
			ServletSessionAutoConfiguration.class })
	@RestController
	static class Shop {

		private final HttpSessionLogin login;

		private final UserSessions sessions;

		Shop(HttpSessionLogin login, UserSessions sessions) {
			this.login = login;
			this.sessions = sessions;
		}

		@GetMapping("/page")
		String page() {
			return "page";
		}

		@GetMapping("/get")
		String get(HttpServletRequest request, @RequestParam String name) {
			HttpSession session = request.getSession(false);
			return (session != null) ? String.valueOf(session.getAttribute(name)) : "no session";
		}

		@PostMapping("/set")
		String set(HttpSession session, @RequestParam String name, @RequestParam String value) {
			session.setAttribute(name, value.isEmpty() ? null : value);
			return "set";
		}

		@PostMapping("/basket")
		String basket(HttpSession session, @RequestParam String title) {
			session.setAttribute("basket", Basket.of(title));
			return "set";
		}

		@PostMapping("/odd")
		String odd(HttpSession session) {
			session.setAttribute("odd", new StringBuilder("x"));
			return "set";
		}

		@PostMapping("/login")
		String login(HttpServletRequest request, @RequestParam String user) {
			this.login.login(request, user);
			return "hello " + user;
		}

		@PostMapping("/logout")
		String logout(HttpServletRequest request, HttpServletResponse response) {
			this.login.logout(request, response);
			return "bye";
		}

		@PostMapping("/regret")
		String regret(HttpServletRequest request, HttpServletResponse response, @RequestParam String user) {
			return login(request, user) + logout(request, response);
		}

		@GetMapping("/me")
		String me(HttpServletRequest request) {
			return String.valueOf(this.login.user(request));
		}

		@GetMapping("/sessions")
		List<UserSession> sessions(HttpServletRequest request) {
			return this.sessions.list(String.valueOf(this.login.user(request)));
		}

		@DeleteMapping("/sessions/{handle}")
		boolean revoke(HttpServletRequest request, @PathVariable String handle) {
			return this.sessions.revoke(String.valueOf(this.login.user(request)), handle);
		}

		@DeleteMapping("/sessions")
		int revokeOthers(HttpServletRequest request) {
			return this.sessions.revokeOthers(String.valueOf(this.login.user(request)));
		}

		@ExceptionHandler(RuntimeException.class)
		String catchAll() {
			return "caught";
		}

	}

}
