package io.redispatterns.session.reactive;

import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.session.Basket;
import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.RedisSessionAutoConfiguration;
import io.redispatterns.session.UserSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebSessionIdResolverAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The shop of servlet nodes, without a thread that waits.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
		WebFluxAutoConfiguration.class, WebSessionIdResolverAutoConfiguration.class, CodecsAutoConfiguration.class,
		DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class,
		CodecAutoConfiguration.class, RedisSessionAutoConfiguration.class, ReactiveSessionAutoConfiguration.class })
@RestController
public class WebShop {

	private final WebSessionLogin login;

	private final ReactiveUserSessions sessions;

	WebShop(WebSessionLogin login, ReactiveUserSessions sessions) {
		this.login = login;
		this.sessions = sessions;
	}

	@GetMapping("/page")
	Mono<String> page() {
		return Mono.just("page");
	}

	@GetMapping("/get")
	Mono<String> get(ServerWebExchange exchange, @RequestParam String name) {
		return exchange.getSession()
			.map((session) -> session.isStarted() ? String.valueOf(session.<Object>getAttribute(name)) : "no session");
	}

	@PostMapping("/set")
	Mono<String> set(ServerWebExchange exchange, @RequestParam String name, @RequestParam String value) {
		return put(exchange, name, value);
	}

	@PostMapping("/basket")
	Mono<String> basket(ServerWebExchange exchange, @RequestParam String title) {
		return put(exchange, "basket", Basket.of(title));
	}

	@PostMapping("/odd")
	Mono<String> odd(ServerWebExchange exchange) {
		return put(exchange, "odd", new StringBuilder("x"));
	}

	private static Mono<String> put(ServerWebExchange exchange, String name, Object value) {
		return exchange.getSession().map((session) -> {
			if (value.equals("")) {
				session.getAttributes().remove(name);
			}
			else {
				session.getAttributes().put(name, value);
			}
			return "set";
		});
	}

	@PostMapping("/login")
	Mono<String> login(ServerWebExchange exchange, @RequestParam String user) {
		return this.login.login(exchange, user).thenReturn("hello " + user);
	}

	@PostMapping("/logout")
	Mono<String> logout(ServerWebExchange exchange) {
		return this.login.logout(exchange).thenReturn("bye");
	}

	@GetMapping("/me")
	Mono<String> me(ServerWebExchange exchange) {
		return this.login.user(exchange).defaultIfEmpty("null");
	}

	@GetMapping("/sessions")
	Flux<UserSession> sessions(ServerWebExchange exchange) {
		return me(exchange).flatMapMany(this.sessions::list);
	}

	@DeleteMapping("/sessions/{handle}")
	Mono<String> revoke(ServerWebExchange exchange, @PathVariable String handle) {
		return me(exchange).flatMap((user) -> this.sessions.revoke(user, handle)).map(String::valueOf);
	}

	@DeleteMapping("/sessions")
	Mono<String> revokeOthers(ServerWebExchange exchange) {
		return me(exchange).flatMap(this.sessions::revokeOthers).map(String::valueOf);
	}

}
