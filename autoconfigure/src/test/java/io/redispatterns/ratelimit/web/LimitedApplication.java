package io.redispatterns.ratelimit.web;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.RateLimitExempt;
import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.RateLimited.By;
import io.redispatterns.ratelimit.policy.Count;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * An application that is limited in all ways, for MVC and WebFlux alike.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ LimitedApplication.Methods.class, LimitedApplication.WholeClass.class, LimitedApplication.Search.class,
		LimitedApplication.Overriding.class })
class LimitedApplication {

	/**
	 * What a slow answer waits for.
	 */
	static final AtomicReference<CompletableFuture<String>> SLOW = new AtomicReference<>(new CompletableFuture<>());

	static final AtomicInteger WAITING = new AtomicInteger();

	@Bean
	MessageSource messageSource() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("problemDetail.title." + RateLimitExceededException.class.getName(), Locale.GERMAN,
				"Zu viele Anfragen");
		return messages;
	}

	@RestController
	@CrossOrigin
	static class Methods {

		private final Search search;

		Methods(Search search) {
			this.search = search;
		}

		@RateLimited("search")
		@GetMapping("/search")
		String search() {
			return "found";
		}

		@RateLimited(policy = "search")
		@GetMapping("/later")
		Mono<String> later() {
			return Mono.just("found");
		}

		@RateLimited(policy = "short", by = By.IP)
		@GetMapping("/short")
		String quick() {
			return "quick";
		}

		@RateLimited(policy = "search", by = By.API_KEY)
		@GetMapping("/api")
		String api() {
			return "api";
		}

		@RateLimited(limit = "${items.limit:2}", window = "1h", name = "items", by = By.USER, key = "#id")
		@GetMapping("/items/{id}")
		Mono<String> item(@PathVariable int id) {
			return Mono.just("item " + id);
		}

		@RateLimited(limit = "3", window = "1h", name = "login", key = "#login.user()", count = Count.FAILURES)
		@PostMapping("/login")
		Mono<ResponseEntity<String>> login(@RequestBody Login login) {
			return Mono.just(login.password().equals("secret") ? ResponseEntity.ok("in")
					: ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("out"));
		}

		@RateLimited(limit = "2", window = "1h", name = "guess", by = By.IP, count = Count.FAILURES)
		@GetMapping("/guess/{word}")
		String guess(@PathVariable String word) {
			if (!word.equals("right")) {
				throw new IllegalArgumentException("wrong");
			}
			return word;
		}

		@RateLimited(policy = "exclusive", by = By.IP)
		@GetMapping("/slow")
		Mono<String> slow() {
			WAITING.incrementAndGet();
			return Mono.fromFuture(SLOW.get(), true);
		}

		@GetMapping("/service")
		Mono<String> service() {
			return this.search.find();
		}

		@RateLimited(policy = "none", by = By.IP)
		@GetMapping("/deny")
		String deny() {
			return "allowed";
		}

		@GetMapping("/paths/limited")
		String path() {
			return "path";
		}

		@RateLimited("search")
		@GetMapping("/paths/annotated")
		String annotated() {
			return "annotated";
		}

		@RateLimitExempt
		@GetMapping("/paths/exempt")
		String exempt() {
			return "exempt";
		}

		@GetMapping("/early/open")
		String early() {
			return "early";
		}

		@ExceptionHandler
		ResponseEntity<String> wrong(IllegalArgumentException ex) {
			return ResponseEntity.badRequest().body("wrong");
		}

	}

	@RestController
	@RateLimited(limit = "2", window = "1h", name = "class")
	static class WholeClass {

		@GetMapping("/class/one")
		String one() {
			return "one";
		}

		@GetMapping("/class/two")
		String two() {
			return "two";
		}

		@RateLimitExempt
		@GetMapping("/class/free")
		String free() {
			return "free";
		}

	}

	@Component
	static class Search {

		@RateLimited(policy = "service", by = By.USER)
		Mono<String> find() {
			return Mono.just("found");
		}

	}

	@RestControllerAdvice
	@ConditionalOnBooleanProperty("overriding")
	static class Overriding {

		@ExceptionHandler
		ResponseEntity<String> refused(RateLimitExceededException ex) {
			return ResponseEntity.status(418).body(String.valueOf(ex.decision().outcome()));
		}

	}

	record Login(String user, String password) {

	}

}
