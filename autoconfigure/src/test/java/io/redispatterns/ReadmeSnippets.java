package io.redispatterns;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.redispatterns.cache.BulkCache;
import io.redispatterns.cache.TaggedCache;
import io.redispatterns.cache.many.CacheableMany;
import io.redispatterns.hash.HashStore;
import io.redispatterns.hash.HashStores;
import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.UserSessions;
import io.redispatterns.session.reactive.WebSessionLogin;
import io.redispatterns.session.servlet.HttpSessionLogin;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.warming.WarmCache;
import io.redispatterns.write.WriteThrough;
import io.redispatterns.write.behind.WriteBatch;
import io.redispatterns.write.behind.WriteBehind;
import io.redispatterns.write.behind.WriteBehindFlush;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that the README shows, line by line. It compiles; what it promises is tested
 * elsewhere.
 */
class ReadmeSnippets {

	void tag(CacheManager cacheManager) {
		((TaggedCache) cacheManager.getCache("tracks")).evictTag("artist:7");
	}

	void limit(RateLimiter limiter, int id) {
		RateLimitDecision decision = limiter.acquire(RateLimitRequest.of("customer:" + id, "search", "daily"));
		if (!decision.allowed()) {
			throw new RateLimitExceededException(decision);
		}
	}

	void hash(HashStores hashes, ProductRepository repository) {
		HashStore<Product> products = hashes.of("products", Product.class);
		products.put(42, new Product("Lamp", new BigDecimal("9.90"), 7));
		Optional<BigDecimal> price = products.getField(42, "price", BigDecimal.class);
		products.setField(42, "price", new BigDecimal("8.90"));
		OptionalLong stock = products.increment(42, "stock", -1);
		Product product = products.get(42, () -> repository.product(42));
		assertThat(List.of(price, stock, product)).isNotNull();
	}

	class Bulk {

		private final TrackRepository repository;

		Bulk(TrackRepository repository) {
			this.repository = repository;
		}

		@CacheableMany(cache = "tracks", resultKey = "#result.id()")
		List<Track> findAll(Collection<Integer> ids) {
			return this.repository.findAll(ids);
		}

		void bulk(CacheManager cacheManager, List<Integer> ids) {
			BulkCache cache = (BulkCache) cacheManager.getCache("tracks");
			Map<Integer, Track> tracks = cache.getAll(ids, (missing) -> this.repository.findById(missing));
			Map<Object, Object> found = cache.getAll(ids); // what is cached, and no more
			assertThat(found).isEqualTo(tracks);
		}

	}

	@Service
	class Tracks {

		private final TrackRepository repository;

		Tracks(TrackRepository repository) {
			this.repository = repository;
		}

		@Cacheable("tracks")
		Track find(int id) {
			return this.repository.find(id);
		}

		@CacheEvict(cacheNames = "tracks", key = "#track.id")
		void save(Track track) {
			this.repository.save(track);
		}

	}

	@Service
	class TrackWrites {

		private final TrackRepository repository;

		TrackWrites(TrackRepository repository) {
			this.repository = repository;
		}

		@Transactional
		@WriteThrough(cache = "tracks", key = "#result.id")
		Track save(Track track) {
			return this.repository.update(track);
		}

	}

	@Component
	class BestSellers {

		private final TrackRepository repository;

		BestSellers(TrackRepository repository) {
			this.repository = repository;
		}

		@WarmCache(cache = "tracks", interval = "5m")
		List<Integer> tracks() {
			return this.repository.bestSellers();
		}

	}

	class Prices {

		private final PriceRepository prices;

		Prices(PriceRepository prices) {
			this.prices = prices;
		}

		@WriteBehind(queue = "prices", cache = "prices", key = "#price.id()")
		Price change(Price price) {
			return price;
		}

		@WriteBehind(queue = "prices", cache = "prices", key = "#id", delete = true)
		void remove(String id) {
		}

		@Transactional
		@WriteBehindFlush(queue = "prices")
		public void save(WriteBatch<Price> batch) {
			this.prices.saveAll(batch.rows());
			this.prices.deleteAllById(batch.deletedKeys());
		}

	}

	class AccountController {

		private final HttpSessionLogin login;

		private final UserSessions sessions;

		private final Accounts accounts;

		AccountController(HttpSessionLogin login, UserSessions sessions, Accounts accounts) {
			this.login = login;
			this.sessions = sessions;
			this.accounts = accounts;
		}

		@PostMapping("/auth/login")
		void login(HttpServletRequest request, @RequestBody Credentials credentials) {
			this.login.login(request, this.accounts.verify(credentials));
		}

		@GetMapping("/api/me/sessions")
		List<UserSession> sessions(HttpServletRequest request) {
			return this.sessions.list(this.login.user(request));
		}

		@DeleteMapping("/api/me/sessions/{handle}")
		void revoke(HttpServletRequest request, @PathVariable String handle) {
			this.sessions.revoke(this.login.user(request), handle); // gone on all nodes
		}

	}

	class ReactiveAccountController {

		private final WebSessionLogin login;

		private final Accounts accounts;

		ReactiveAccountController(WebSessionLogin login, Accounts accounts) {
			this.login = login;
			this.accounts = accounts;
		}

		@PostMapping("/auth/login")
		Mono<Void> login(ServerWebExchange exchange, @RequestBody Credentials credentials) {
			return this.login.login(exchange, this.accounts.verify(credentials));
		}

	}

	record Credentials(String email, String password) {

	}

	interface Accounts {

		String verify(Credentials credentials);

	}

	record Price(String id, long amount) {

	}

	interface PriceRepository {

		void saveAll(Iterable<Price> prices);

		void deleteAllById(Iterable<?> ids);

	}

	@RestController
	class Searches {

		private final SearchRepository repository;

		private final Sessions sessions;

		private final Exports exports;

		Searches(SearchRepository repository, Sessions sessions, Exports exports) {
			this.repository = repository;
			this.sessions = sessions;
			this.exports = exports;
		}

		@RateLimited("search")
		@GetMapping("/api/search")
		List<Track> search(@RequestParam String q) {
			return this.repository.search(q);
		}

		@RateLimited(policy = "login", key = "#login.email()")
		@PostMapping("/auth/login")
		Session login(@RequestBody Login login) {
			return this.sessions.open(login);
		}

		@RateLimited(limit = "${export.limit:3}", window = "1h", by = RateLimited.By.TENANT, cost = "#rows")
		public Export export(int rows) {
			return this.exports.of(rows);
		}

	}

	record Login(String email, String password) {

	}

	record Session(String id) {

	}

	record Export(int rows) {

	}

	interface SearchRepository {

		List<Track> search(String q);

	}

	interface Sessions {

		Session open(Login login);

	}

	interface Exports {

		Export of(int rows);

	}

	@SpringBootTest
	class BasketTests {

		@Redis
		static StandaloneRedis redis;

		@Autowired
		Basket basket;

		@DynamicPropertySource
		static void connect(DynamicPropertyRegistry registry) {
			redis.springProperties().forEach((name, value) -> registry.add(name, () -> value));
		}

		@Test
		void survivesHang() {
			redis.server().freeze();
			assertThat(this.basket.total()).isZero();
		}

	}

	record Track(int id, int artistId) {

	}

	record Product(String name, BigDecimal price, int stock) {

	}

	interface ProductRepository {

		Product product(int id);

	}

	interface TrackRepository {

		Track find(int id);

		List<Track> findAll(Collection<Integer> ids);

		Map<Integer, Track> findById(Collection<Integer> ids);

		void save(Track track);

		Track update(Track track);

		List<Integer> bestSellers();

	}

	interface Basket {

		int total();

	}

}
