package io.redispatterns.sample;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

/**
 * The shop while its Redis hangs, is gone, and is back.
 */
@TestPropertySource(properties = "redis.resilience.command-timeout=250ms")
class DegradedShopIntegrationTests extends RunningShop {

	@AfterEach
	void mend() {
		redis.server().thaw();
		expectState("up");
	}

	@Test
	void servesWithoutARedisThatHangs() {
		expectState("up");
		redis.server().freeze();
		for (int album = 1; album <= 50; album++) {
			expectJson("/api/albums/" + album).jsonPath("$.id").isEqualTo(album);
		}
		expectJson("/api/search?q=love").jsonPath("$.length()").isEqualTo(50);
		expectState("degraded");
		expectJson("/api/patterns").jsonPath("$.redis.degradedSeconds").isNumber();
		redis.server().thaw();
		expectState("up");
		expectJson("/api/patterns").jsonPath("$.redis.degradedSeconds").doesNotExist();
	}

	@Test
	void servesWithoutARedisThatIsGone() {
		expectState("up");
		redis.server().kill();
		for (int album = 1; album <= 50; album++) {
			expectJson("/api/albums/" + album).jsonPath("$.id").isEqualTo(album);
		}
		expectState("degraded");
		redis.server().restart();
		expectState("up");
		get("/api/albums/7", "[1-9]");
		Awaitility.await().untilAsserted(() -> get("/api/albums/7", "0"));
	}

	@Test
	void tellsHealthThatItIsDegraded() {
		redis.server().freeze();
		Awaitility.await()
			.untilAsserted(() -> this.client.get()
				.uri("/actuator/health")
				.exchange()
				.expectBody()
				.jsonPath("$.components.redispatterns.status")
				.isEqualTo("DEGRADED")
				.jsonPath("$.components.redispatterns.details.since")
				.exists());
	}

	private void expectState(String state) {
		Awaitility.await().untilAsserted(() -> expectJson("/api/patterns").jsonPath("$.redis.state").isEqualTo(state));
	}

}
