package io.redispatterns.ratelimit.method;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.ratelimit.RateLimitExempt;
import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.RateLimited.By;
import io.redispatterns.ratelimit.policy.Count;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.transaction.annotation.Transactional;

/**
 * Beans with limited methods.
 */
final class LimitedBeans {

	private LimitedBeans() {
	}

	static class Orders {

		@RateLimited(value = "two", key = "#id")
		public String find(@Nullable String id) {
			return "order " + id;
		}

		@RateLimited(limit = "${orders.limit:2}", window = "1m", name = "stage", by = By.GLOBAL)
		public CompletableFuture<String> stage(boolean fails) {
			return fails ? CompletableFuture.failedFuture(new IllegalArgumentException("no stage"))
					: CompletableFuture.completedFuture("stage");
		}

		@RateLimited(value = "two", by = By.GLOBAL)
		public Mono<String> mono() {
			return Mono.just("mono");
		}

		@RateLimited(value = "two", by = By.GLOBAL)
		public Flux<Integer> flux() {
			return Flux.range(1, 3);
		}

		@RateLimited(value = "two", key = "#items.size()", cost = "#items.size()", condition = "!#items.isEmpty()")
		public int weigh(List<String> items) {
			return items.size();
		}

		@RateLimited(value = "two", key = "#user")
		@RateLimited(value = "one", key = "#tenant")
		public String both(String user, String tenant) {
			return user + tenant;
		}

		@RateLimited(value = "two", key = "#order")
		public void object(Object order) {
		}

		@RateLimited(limit = "2", window = "1m", name = "login", key = "#user", count = Count.FAILURES)
		public String login(String user, String password) {
			if (!password.equals("secret")) {
				throw new IllegalArgumentException("wrong");
			}
			return user;
		}

		@RateLimited("two")
		public String noRequest() {
			return "unreachable";
		}

		@RateLimited(value = "two", key = "#id", plan = "'big'")
		public String planned(String id) {
			return id;
		}

	}

	@RateLimited(limit = "1", window = "1m", by = By.GLOBAL)
	static class Limited {

		public String one() {
			return "one";
		}

		public String other() {
			return "other";
		}

		@RateLimited(value = "two", by = By.GLOBAL)
		public String own() {
			return "own";
		}

		@RateLimitExempt
		public String free() {
			return "free";
		}

	}

	static class Writer {

		@Transactional
		@RateLimited(value = "one", by = By.GLOBAL)
		public void write() {
		}

	}

	static class NoLimit {

		@RateLimited
		public void call() {
		}

	}

	static class NoWindow {

		@RateLimited(limit = "3")
		public void call() {
		}

	}

	static class HalfPolicy {

		@RateLimited(value = "two", burst = "3")
		public void call() {
		}

	}

	static class BadKey {

		@RateLimited(value = "two", key = "#id +")
		public void call() {
		}

	}

	static class BadNumber {

		@RateLimited(limit = "many", window = "1m")
		public void call() {
		}

	}

	static class TooMany {

		@RateLimited(limit = "2000000000", window = "1m")
		public void call() {
		}

	}

	static class BadWindow {

		@RateLimited(limit = "3", window = "soon")
		public void call() {
		}

	}

	static class Unknown {

		@RateLimited("serach")
		public void call() {
		}

	}

	static class Costly {

		@RateLimited(value = "two", by = By.GLOBAL, cost = "3")
		public void call() {
		}

	}

	static class Tenants {

		@RateLimited(value = "two", by = By.TENANT)
		public void call() {
		}

	}

	static class Hidden {

		@RateLimited("two")
		private void call() {
		}

	}

	static class Final {

		@RateLimited("two")
		public final void call() {
		}

	}

	@RateLimited("two")
	static class FinalOfClass {

		public final void call() {
		}

	}

	static class Both {

		@RateLimited("two")
		@RateLimitExempt
		public void call() {
		}

	}

	static class Twice {

		@RateLimited(limit = "3", window = "1m", name = "two")
		public void call() {
		}

	}

}
