package io.redispatterns.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the shop on the database that it brings.
 */
class ShopIntegrationTests extends ShopContract {

	private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "redis-patterns.json");

	@Test
	void scrapesEachMeterOfTheDashboard() throws IOException {
		get("/api/tracks/41", "1");
		get("/api/search?q=dashboard", "1");
		String dashboard = Files.readString(DASHBOARD);
		Set<String> drawn = names("\\b(?:redis|cache)_[a-z_]+(?=\\{)", dashboard);
		byte[] scrape = this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(drawn).hasSizeGreaterThan(20);
		assertThat(names("(?m)^[a-z_]+(?=[{ ])", new String(scrape, StandardCharsets.UTF_8))).containsAll(drawn);
	}

	private static Set<String> names(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
	}

}
