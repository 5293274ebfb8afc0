package io.redispatterns.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of the shop on one Redis.
 */
class TwoShopsIntegrationTests extends RunningShop {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Test
	void answersAStampedeOnEachAtOnceWithAFewLoads() {
		try (ConfigurableApplicationContext other = start()) {
			int otherPort = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			for (int run = 0; run < 3; run++) {
				List<CompletableFuture<HttpResponse<String>>> answers = List.of(send(this.port), send(otherPort));
				int loads = answers.stream()
					.map(CompletableFuture::join)
					.mapToInt(TwoShopsIntegrationTests::loads)
					.sum();
				assertThat(loads).as("loads of 200 callers, two of whom evict").isBetween(1, 6);
			}
		}
	}

	private static ConfigurableApplicationContext start() {
		String[] arguments = Stream.concat(
				Stream.of("--server.port=0", "--shop.database.port=0", "--redis.resilience.command-timeout=5s",
						"--redis.resilience.breaker.slow-call=5s"),
				redis.springProperties().entrySet().stream().map((each) -> "--" + each))
			.toArray(String[]::new);
		return new SpringApplicationBuilder(ShopApplication.class).run(arguments);
	}

	private CompletableFuture<HttpResponse<String>> send(int shop) {
		URI uri = URI.create("http://localhost:%d/api/patterns/stampede".formatted(shop));
		HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
		return this.http.sendAsync(request, BodyHandlers.ofString());
	}

	private static int loads(HttpResponse<String> answer) {
		JsonNode body = new JsonMapper().readTree(answer.body());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(body.get("callers").asInt()).isEqualTo(100);
		return body.get("loads").asInt();
	}

}
