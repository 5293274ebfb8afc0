package io.redispatterns.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of the shop on one Redis.
 */
class TwoShopsIntegrationTests extends TwoRunningShops {

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void answersAStampedeOnEachAtOnceWithAFewLoads() {
		for (int run = 0; run < 3; run++) {
			List<CompletableFuture<JsonNode>> answers = List.of(stampede(this.port), stampede(port(other)));
			int loads = answers.stream().map(CompletableFuture::join).mapToInt((it) -> it.get("loads").asInt()).sum();
			assertThat(loads).as("loads of 200 callers, two of whom evict").isBetween(1, 6);
		}
	}

	@Test
	void changesAPriceOnBoth() {
		for (int shop : List.of(this.port, port(other))) {
			assertThat(ask(shop, "/api/albums/6").at("/title").asString()).isEqualTo("Jagged Little Pill");
		}
		int track = ask(this.port, "/api/albums/6").at("/tracks/0/id").asInt();
		reprice(this.port, track, "1.19");
		assertThat(ask(port(other), "/api/tracks?ids=" + track).at("/0/unitPrice").asString()).isEqualTo("1.19");
		// The album was kept near, and is until the message comes
		await().untilAsserted(() -> assertThat(ask(port(other), "/api/albums/6").at("/tracks/0/unitPrice").asString())
			.isEqualTo("1.19"));
	}

	@Test
	void limitsTheSearchesOfAClientOnBothTogether() {
		long start = System.nanoTime();
		HttpResponse<String> answer = search(this.port, "203.0.113.9");
		int allowed = 0;
		while (answer.statusCode() == 200 && allowed < 400) {
			allowed++;
			answer = search((allowed % 2 == 0) ? this.port : port(other), "203.0.113.9");
		}
		long cameBack = Duration.ofNanos(System.nanoTime() - start).toMillis() * 100 / 60_000 + 1;
		assertThat(allowed).isBetween(100, (int) (100 + cameBack));
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9]\\d*");
		assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).matches("\"search\";r=0;t=[1-9]\\d*");
		assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue("\"search\";q=100;w=60");
		assertThat(new JsonMapper().readTree(answer.body()).at("/violated-policies/0").asString()).isEqualTo("search");
		assertThat(search(this.port, "203.0.113.10").statusCode()).isEqualTo(200);
		JsonNode limit = ask(this.port, "/api/patterns").at("/limits/0");
		assertThat(limit.at("/allowed").asInt() + ask(port(other), "/api/patterns").at("/limits/0/allowed").asInt())
			.isEqualTo(allowed + 1);
	}

	@Test
	void tellsAnOpenPageWhatItsNodeHearsAndNeitherKeyNorValue() {
		List<String> lines = new CopyOnWriteArrayList<>();
		listen(port(other), lines);
		reprice(this.port, 33, "1.77");
		await().untilAsserted(() -> assertThat(lines).anyMatch((line) -> line.contains("\"operation\":\"release\"")));
		String node = ask(this.port, "/api/patterns").at("/node").asString();
		assertThat(lines).filteredOn((line) -> line.startsWith("data:"))
			.isNotEmpty()
			.allSatisfy((line) -> assertThat(line).contains("\"origin\":\"" + node + "\"")
				.containsPattern("\"cache\":\"(tracks|albums|search)\"")
				.containsPattern("\"lagMillis\":\\d")
				.doesNotContain("i33", "1.77"));
		await().untilAsserted(
				() -> assertThat(ask(this.port, "/api/patterns").findValuesAsString("operation")).contains("release"));
	}

	@Test
	void showsANodeUntilItLeavesAndDoesNotWaitForOpenPages() {
		for (int shop : List.of(this.port, port(other))) {
			await().untilAsserted(() -> assertThat(ask(shop, "/api/patterns").at("/nodes").findValuesAsString("port"))
				.containsExactlyInAnyOrder(String.valueOf(this.port), String.valueOf(port(other))));
		}
		CompletableFuture<Void> page = listen(port(other), new CopyOnWriteArrayList<>());
		long start = System.nanoTime();
		stopOther();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as("shorter than a request may take on the way out")
			.isLessThan(Duration.ofSeconds(25));
		assertThat(page).succeedsWithin(20, TimeUnit.SECONDS);
		await().untilAsserted(() -> assertThat(ask(this.port, "/api/patterns").at("/nodes")).hasSize(1));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

	private CompletableFuture<Void> listen(int shop, List<String> lines) {
		HttpRequest request = HttpRequest.newBuilder(uri(shop, "/api/patterns/hearings")).build();
		HttpResponse<Stream<String>> response = this.http.sendAsync(request, BodyHandlers.ofLines()).join();
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		return CompletableFuture.runAsync(() -> response.body().forEach(lines::add));
	}

	private CompletableFuture<JsonNode> stampede(int shop) {
		HttpRequest request = HttpRequest.newBuilder(uri(shop, "/api/patterns/stampede"))
			.POST(BodyPublishers.noBody())
			.build();
		return send(request);
	}

	private HttpResponse<String> search(int shop, String client) {
		HttpRequest request = HttpRequest.newBuilder(uri(shop, "/api/search?q=love"))
			.header("X-Forwarded-For", client)
			.build();
		return this.http.sendAsync(request, BodyHandlers.ofString()).orTimeout(40, TimeUnit.SECONDS).join();
	}

	private void reprice(int shop, int track, String price) {
		HttpRequest request = HttpRequest.newBuilder(uri(shop, "/api/tracks/" + track))
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString("{\"unitPrice\":\"%s\"}".formatted(price)))
			.build();
		assertThat(send(request).join().at("/unitPrice").asString()).isEqualTo(price);
	}

	private JsonNode ask(int shop, String path) {
		return send(HttpRequest.newBuilder(uri(shop, path)).build()).join();
	}

	private CompletableFuture<JsonNode> send(HttpRequest request) {
		return this.http.sendAsync(request, BodyHandlers.ofString())
			.orTimeout(40, TimeUnit.SECONDS)
			.thenApply((answer) -> {
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
				return new JsonMapper().readTree(answer.body());
			});
	}

	private static URI uri(int shop, String path) {
		return URI.create("http://localhost:%d%s".formatted(shop, path));
	}

}
