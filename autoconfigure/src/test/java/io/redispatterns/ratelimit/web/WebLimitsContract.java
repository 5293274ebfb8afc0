package io.redispatterns.ratelimit.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client of a limited application sees, over HTTP.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebLimitsContract {

	private static final List<String> SETTINGS = List.of("server.port=0", "redis.namespace=web",
			"redis.resilience.command-timeout=10s", "redis.resilience.breaker.slow-call=10s",
			"redis.resilience.probe.timeout=10s", "redis.rate-limit.command-timeout=10s",
			"redis.rate-limit.client-ip.trusted-proxies=127.0.0.1,::1", "redis.rate-limit.policies.search.limit=3",
			"redis.rate-limit.policies.search.window=1h", "redis.rate-limit.policies.service.limit=1",
			"redis.rate-limit.policies.service.window=1h", "redis.rate-limit.policies.none.limit=1",
			"redis.rate-limit.policies.none.window=1h", "redis.rate-limit.policies.none.on-redis-error=deny",
			"redis.rate-limit.policies.path.limit=1", "redis.rate-limit.policies.path.window=1h",
			"redis.rate-limit.policies.flood.limit=2", "redis.rate-limit.policies.flood.window=1h",
			"redis.rate-limit.policies.short.limit=1", "redis.rate-limit.policies.short.window=1500ms",
			"redis.rate-limit.plans.pro.search.limit=5", "redis.rate-limit.policies.exclusive.algorithm=concurrency",
			"redis.rate-limit.policies.exclusive.limit=1", "redis.rate-limit.policies.exclusive.window=1m",
			"redis.rate-limit.plan-by-role.PRO=pro", "redis.rate-limit.rules[0].path=/early/**",
			"redis.rate-limit.rules[0].phase=early", "redis.rate-limit.rules[0].by=ip",
			"redis.rate-limit.rules[0].policies=flood", "redis.rate-limit.rules[1].path=/paths/**",
			"redis.rate-limit.rules[1].policies=path", "redis.rate-limit.rules[1].methods=get");

	private static final AtomicInteger CLIENTS = new AtomicInteger();

	@Redis
	static StandaloneRedis redis;

	private final HttpClient http = HttpClient.newHttpClient();

	private ConfigurableApplicationContext application;

	/**
	 * Closed with the other: what Reactor Netty shares between servers goes with the
	 * first.
	 */
	private @Nullable ConfigurableApplicationContext hurt;

	private String client = "";

	/**
	 * The kind of application, and what makes its users known.
	 */
	abstract WebApplicationType type();

	abstract Class<?> security();

	ConfigurableApplicationContext start(Map<String, String> connection, String... properties) {
		return new SpringApplicationBuilder(LimitedApplication.class, security()).web(type())
			.logStartupInfo(false)
			.bannerMode(Banner.Mode.OFF)
			.properties(SETTINGS.toArray(String[]::new))
			.run(Stream.concat(Arrays.stream(properties), connection.entrySet().stream().map(Object::toString))
				.map((property) -> "--" + property)
				.toArray(String[]::new));
	}

	@BeforeAll
	void start() {
		this.application = start(redis.springProperties());
	}

	@AfterAll
	void stop() {
		this.application.close();
		if (this.hurt != null) {
			this.hurt.close();
		}
	}

	@BeforeEach
	void beAnotherClient() {
		this.client = "203.0.113." + CLIENTS.incrementAndGet();
	}

	String client() {
		return this.client;
	}

	Socket connect() throws IOException {
		return new Socket("127.0.0.1",
				this.application.getEnvironment().getRequiredProperty("local.server.port", int.class));
	}

	Answer get(String path, String... headers) {
		return send(this.application, HttpRequest.newBuilder().GET(), path, headers);
	}

	/**
	 * A request without a limit is answered on Reactor Netty's own thread, and may be the
	 * last that is read on its connection (reactor-netty#4361): it has one of its own.
	 */
	private Answer getUnlimited(String path) {
		return send(HttpClient.newHttpClient(), this.application, HttpRequest.newBuilder().GET(), path);
	}

	private Answer login(String user, String password) {
		return send(this.application,
				HttpRequest.newBuilder()
					.POST(BodyPublishers.ofString("{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password))),
				"/login", "Content-Type", "application/json");
	}

	private Answer send(ConfigurableApplicationContext to, HttpRequest.Builder request, String path,
			String... headers) {
		return send(this.http, to, request, path, headers);
	}

	private Answer send(HttpClient http, ConfigurableApplicationContext to, HttpRequest.Builder request, String path,
			String... headers) {
		request.uri(URI.create("http://127.0.0.1:" + to.getEnvironment().getProperty("local.server.port") + path));
		if (!List.of(headers).contains("X-Forwarded-For")) {
			request.header("X-Forwarded-For", this.client);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return new Answer(http.send(request.build(), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.ISO_8859_1));
	}

	@Test
	void tellsOfLimitWhileThereIsRoom() {
		Answer first = get("/search");
		assertThat(first.status()).isEqualTo(200);
		assertThat(first.header("RateLimit")).matches("\"search\";r=2;t=\\d+");
		assertThat(first.header("RateLimit-Policy")).isEqualTo("\"search\";q=3;w=3600");
		assertThat(first.headers("Retry-After")).isEmpty();
		assertThat(get("/search").header("RateLimit")).startsWith("\"search\";r=1;");
	}

	@Test
	void refusesWithProblem() {
		for (int i = 0; i < 3; i++) {
			assertThat(get("/search").status()).isEqualTo(200);
		}
		Answer refused = get("/search");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(refused.header("Cache-Control")).contains("no-store");
		assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 1200L);
		assertThat(refused.header("RateLimit")).isEqualTo("\"search\";r=0;t=" + refused.header("Retry-After"));
		assertThat(refused.body()).contains("https://iana.org/assignments/http-problem-types#quota-exceeded",
				"\"violated-policies\":[\"search\"]", "\"retryAfterMillis\":", "\"status\":429",
				"\"instance\":\"/search\"");
		assertThat(refused.body()).doesNotContain(this.client);
	}

	@Test
	void countsRequestOfSeveralDispatchesOnce() {
		assertThat(get("/later").header("RateLimit")).startsWith("\"search\";r=2;");
		assertThat(get("/later").header("RateLimit")).startsWith("\"search\";r=1;");
	}

	@Test
	void retryAfterIsHonest() {
		Answer refused = Awaitility.await().until(() -> get("/short"), (answer) -> answer.status() == 429);
		Awaitility.await()
			.pollDelay(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))))
			.until(() -> true);
		assertThat(get("/short").status()).isEqualTo(200);
	}

	@Test
	void countsUserOverAddressesAndOthersByAddress() {
		String alice = basic("alice");
		assertThat(get("/search", "Authorization", alice).header("RateLimit")).startsWith("\"search\";r=2;");
		String first = this.client;
		beAnotherClient();
		assertThat(get("/search", "Authorization", alice).header("RateLimit")).startsWith("\"search\";r=1;");
		assertThat(get("/search").header("RateLimit")).startsWith("\"search\";r=2;");
		assertThat(get("/search", "X-Forwarded-For", first).header("RateLimit")).startsWith("\"search\";r=2;");
	}

	@Test
	void roleOfUserPicksPlan() {
		assertThat(get("/search", "Authorization", basic("pro")).header("RateLimit-Policy"))
			.isEqualTo("\"search\";q=5;w=3600");
	}

	@Test
	void oneWhoSendsHeadersCannotChooseBucket() {
		Random random = new Random(42);
		Set<String> answers = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			answers.add(get("/search", "X-Forwarded-For", random.nextInt(256) + ".1.2.3, " + this.client, "Forwarded",
					"for=10.0.0." + i)
				.status() + "");
		}
		assertThat(answers).containsExactlyInAnyOrder("200", "429");
		assertThat(get("/search").status()).isEqualTo(429);
	}

	@Test
	void countsKeysOfApiByDigest() {
		String key = "very-secret-" + this.client;
		assertThat(get("/api", "X-API-Key", key).header("RateLimit")).startsWith("\"search\";r=2;");
		assertThat(get("/api", "X-API-Key", key).header("RateLimit")).startsWith("\"search\";r=1;");
		assertThat(get("/api", "X-API-Key", key + "2").header("RateLimit")).startsWith("\"search\";r=2;");
		assertThat(get("/api").header("RateLimit")).startsWith("\"search\";r=2;");
		assertThat(redis.command("KEYS", "*")).asString().doesNotContain("very-secret");
	}

	@Test
	void limitsByArgument() {
		assertThat(get("/items/1").header("RateLimit")).startsWith("\"items\";r=1;");
		assertThat(get("/items/2").header("RateLimit")).startsWith("\"items\";r=1;");
		assertThat(get("/items/1").status()).isEqualTo(200);
		Answer refused = get("/items/1");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("RateLimit")).startsWith("\"items\";r=0;");
		assertThat(refused.headers("Retry-After")).hasSize(1);
	}

	@Test
	void countsFailedLoginsOnly() {
		String user = "user" + this.client;
		for (int i = 0; i < 5; i++) {
			assertThat(login(user, "secret").status()).isEqualTo(200);
		}
		for (int i = 0; i < 3; i++) {
			assertThat(login(user, "guess").status()).as("guess " + i).isEqualTo(401);
		}
		assertThat(login(user, "secret").status()).isEqualTo(429);
		assertThat(login("another" + this.client, "secret").status()).isEqualTo(200);
	}

	@Test
	void countsFailuresThatAreThrown() {
		assertThat(get("/guess/right").status()).isEqualTo(200);
		assertThat(get("/guess/right").status()).isEqualTo(200);
		assertThat(get("/guess/left").status()).isEqualTo(400);
		assertThat(get("/guess/up").status()).isEqualTo(400);
		assertThat(get("/guess/right").status()).isEqualTo(429);
	}

	@Test
	void releasesWhatGoesOnAtTheSameTimeWithTheAnswer() {
		CompletableFuture<String> held = new CompletableFuture<>();
		LimitedApplication.SLOW.set(held);
		int waiting = LimitedApplication.WAITING.get();
		CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> get("/slow"));
		Awaitility.await().until(() -> LimitedApplication.WAITING.get() > waiting);
		assertThat(get("/slow").status()).isEqualTo(429);
		held.complete("done");
		assertThat(first.join().header("RateLimit-Policy")).isEqualTo("\"exclusive\";q=1;qu=\"concurrent-requests\"");
		Awaitility.await().untilAsserted(() -> assertThat(get("/slow").status()).isEqualTo(200));
	}

	@Test
	void limitsMethodsOfClassTogetherUnlessExempt() {
		assertThat(get("/class/one").status()).isEqualTo(200);
		assertThat(get("/class/two").header("RateLimit")).startsWith("\"class\";r=0;");
		assertThat(get("/class/one").status()).isEqualTo(429);
		assertThat(getUnlimited("/class/free").headers("RateLimit")).isEmpty();
	}

	@Test
	void takesAnnotationBeforeRuleForPath() {
		assertThat(get("/paths/limited").header("RateLimit")).startsWith("\"path\";r=0;");
		assertThat(get("/paths/limited").status()).isEqualTo(429);
		assertThat(get("/paths/annotated").header("RateLimit")).startsWith("\"search\";r=2;");
		assertThat(getUnlimited("/paths/exempt").headers("RateLimit")).isEmpty();
	}

	@Test
	void limitsEarlyBeforeItIsKnownWhoTheUserIs() {
		assertThat(get("/early/secured").status()).isEqualTo(401);
		Answer second = get("/early/secured", "Authorization", basic("nobody"));
		assertThat(second.status()).isEqualTo(401);
		assertThat(second.header("RateLimit")).startsWith("\"flood\";r=0;");
		Answer refused = get("/early/open", "Authorization", basic("alice"));
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(refused.headers("Retry-After")).hasSize(1);
		assertThat(refused.headers("Cache-Control")).hasSize(1);
	}

	@Test
	void limitsServiceByUserOfRequest() {
		Answer first = get("/service");
		assertThat(first.status()).isEqualTo(200);
		assertThat(first.headers("RateLimit")).isEmpty();
		Answer refused = get("/service");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("RateLimit")).startsWith("\"service\";r=0;");
	}

	@Test
	void letsScriptsOfOtherOriginsReadFields() {
		Answer answer = get("/search", "Origin", "https://shop.example");
		assertThat(answer.header("Access-Control-Expose-Headers")).contains("RateLimit", "RateLimit-Policy",
				"Retry-After");
		assertThat(get("/search").headers("Access-Control-Expose-Headers")).isEmpty();
	}

	@Test
	void letsScriptsOfOtherOriginsReadRefusalsThatComeBeforeSecurity() {
		String origin = "https://shop.example";
		get("/early/open");
		get("/early/open");
		Answer refused = get("/early/open", "Origin", origin);
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(origin);
		Answer stranger = get("/early/open", "Origin", "https://elsewhere.example");
		assertThat(stranger.status()).isEqualTo(403);
		assertThat(stranger.headers("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void doesNotCountPreflight() {
		Answer preflight = send(HttpClient.newHttpClient(), this.application,
				HttpRequest.newBuilder().method("OPTIONS", BodyPublishers.noBody()), "/search", "Origin",
				"https://shop.example", "Access-Control-Request-Method", "GET");
		assertThat(preflight.status()).isEqualTo(200);
		assertThat(preflight.headers("RateLimit")).isEmpty();
		assertThat(get("/search").header("RateLimit")).startsWith("\"search\";r=2;");
	}

	@Test
	void takesTextsOfTheApplication() {
		get("/paths/limited");
		assertThat(get("/paths/limited", "Accept-Language", "de").body()).contains("\"title\":\"Zu viele Anfragen\"");
	}

	@Test
	void answersWithoutRedisAndLeavesRefusalsToTheApplication(@Redis StandaloneRedis other) {
		this.hurt = start(other.springProperties(), "overriding=true", "redis.rate-limit.command-timeout=300ms",
				"redis.resilience.command-timeout=300ms", "redis.resilience.probe.timeout=500ms");
		// A slow reply is decided without Redis
		Awaitility.await().untilAsserted(() -> {
			beAnotherClient();
			assertThat(getHurt("/deny").header("RateLimit")).startsWith("\"none\";r=0;");
			Answer refused = getHurt("/deny");
			assertThat(refused.status()).isEqualTo(418);
			assertThat(refused.body()).isEqualTo("DENIED");
			assertThat(refused.headers("Retry-After")).hasSize(1);
		});
		Awaitility.await().until(() -> getHurt("/early/open").status() == 418);
		other.server().freeze();
		beAnotherClient();
		assertThat(getHurt("/search").status()).isEqualTo(200);
		assertThat(getHurt("/later").status()).isEqualTo(200);
		assertThat(getHurt("/deny").body()).isEqualTo("DEGRADED_DENIED");
		assertThat(getHurt("/early/open").status()).isEqualTo(200);
	}

	private Answer getHurt(String path) {
		return send(Objects.requireNonNull(this.hurt), HttpRequest.newBuilder().GET(), path);
	}

	record Answer(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		List<String> headers(String name) {
			return this.response.headers().allValues(name);
		}

		String header(String name) {
			assertThat(headers(name)).as(name + " of " + this.response + " " + body()).hasSize(1);
			return headers(name).get(0);
		}

	}

}
