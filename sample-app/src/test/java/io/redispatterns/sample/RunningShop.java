package io.redispatterns.sample;

import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A running shop with empty caches, and the questions that its tests ask it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "shop.database.port=0", "redis.resilience.command-timeout=5s",
				"redis.resilience.breaker.slow-call=5s", "redis.rate-limit.command-timeout=5s",
				"redis.rate-limit.client-ip.trusted-proxies=127.0.0.0/8,::1" })
@AutoConfigureRestTestClient
@DirtiesContext
abstract class RunningShop {

	@Redis
	static StandaloneRedis redis;

	@Autowired
	RestTestClient client;

	@LocalServerPort
	int port;

	@Autowired
	private CacheManager cacheManager;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	JdbcClient jdbc;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		redis.springProperties().forEach((name, value) -> registry.add(name, () -> value));
	}

	@BeforeEach
	void emptyCaches() {
		this.cacheManager.getCacheNames().forEach((name) -> this.cacheManager.getCache(name).clear());
	}

	/**
	 * Starts another instance on the same Redis and the same database.
	 */
	static ConfigurableApplicationContext startAnother() {
		String[] arguments = Stream.concat(
				Stream.of("--server.port=0", "--shop.database.port=0", "--redis.resilience.command-timeout=5s",
						"--redis.resilience.breaker.slow-call=5s", "--redis.rate-limit.command-timeout=5s",
						"--redis.rate-limit.client-ip.trusted-proxies=127.0.0.0/8,::1"),
				redis.springProperties().entrySet().stream().map((each) -> "--" + each))
			.toArray(String[]::new);
		return new SpringApplicationBuilder(ShopApplication.class).run(arguments);
	}

	static int port(ConfigurableApplicationContext shop) {
		return shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	RestTestClient.BodyContentSpec expectJson(String uri) {
		return this.client.get().uri(uri).exchange().expectStatus().isOk().expectBody();
	}

	String expectProblem(String uri, int status) {
		StringBuilder detail = new StringBuilder();
		this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(detail::append);
		return detail.toString();
	}

	byte[] get(String uri, String expectedTrips) {
		return this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Server-Timing", "app;dur=[0-9.]+, db;desc=\"" + expectedTrips + "\"")
			.expectBody()
			.returnResult()
			.getResponseBody();
	}

	long trips() {
		return this.meters.get("hikaricp.connections.usage").timer().count();
	}

}
