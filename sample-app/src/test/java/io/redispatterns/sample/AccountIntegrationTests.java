package io.redispatterns.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A customer who is logged in on two instances of the shop.
 */
class AccountIntegrationTests extends TwoRunningShops {

	@Test
	void walksThroughLoginUseOnTwoNodesRevokeAndLogout() throws Exception {
		Browser laptop = new Browser();
		Browser phone = new Browser();
		assertThat(laptop.send(this.port, "GET", "/api/me", "").statusCode()).isEqualTo(401);
		JsonNode luis = json(laptop.login(this.port, "luisg@embraer.com.br", "chinook"));
		assertThat(luis.at("/firstName").asString()).isEqualTo("Luís");
		phone.login(port(other), "LuisG@embraer.com.br", "chinook");
		assertThat(json(laptop.send(port(other), "GET", "/api/me", "")).at("/email").asString())
			.isEqualTo("luisg@embraer.com.br");
		JsonNode sessions = json(laptop.send(port(other), "GET", "/api/me/sessions", ""));
		assertThat(sessions).hasSize(2).filteredOn((each) -> each.at("/current").asBoolean()).hasSize(1);
		assertThat(sessions.toString()).doesNotContain(laptop.cookie, phone.cookie);
		String handle = sessions.valueStream()
			.filter((each) -> !each.at("/current").asBoolean())
			.findFirst()
			.orElseThrow()
			.at("/handle")
			.asString();
		assertThat(laptop.send(this.port, "DELETE", "/api/me/sessions/" + handle, "").statusCode()).isEqualTo(204);
		assertThat(laptop.send(this.port, "DELETE", "/api/me/sessions/" + handle, "").statusCode()).isEqualTo(404);
		assertThat(phone.send(port(other), "GET", "/api/me", "").statusCode()).isEqualTo(401);
		assertThat(laptop.send(this.port, "POST", "/auth/logout", "").statusCode()).isEqualTo(204);
		assertThat(laptop.send(port(other), "GET", "/api/me", "").statusCode()).isEqualTo(401);
	}

	@Test
	void limitsFailuresToLogInAndNoSuccess() throws Exception {
		Browser browser = new Browser();
		for (int i = 0; i < 7; i++) {
			assertThat(browser.login(this.port, "leonekohler@surfeu.de", "chinook").statusCode()).isEqualTo(200);
		}
		for (int i = 0; i < 5; i++) {
			HttpResponse<String> refused = browser.login((i % 2 == 0) ? this.port : port(other),
					"leonekohler@surfeu.de", "guess" + i);
			assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
		}
		HttpResponse<String> limited = browser.login(port(other), "leonekohler@surfeu.de", "chinook");
		assertThat(limited.statusCode()).isEqualTo(429);
		assertThat(limited.headers().firstValue("Retry-After")).isPresent();
		assertThat(browser.login(this.port, "ftremblay@gmail.com", "chinook").statusCode()).isEqualTo(200);
		assertThat(browser.login(this.port, "nobody@example.com", "chinook").statusCode()).isEqualTo(401);
		assertThat(browser.login(this.port, "", "chinook").statusCode()).isEqualTo(401);
	}

	@Test
	void visitorWhoDoesNotLogInHasNoCookie() throws Exception {
		HttpResponse<String> page = new Browser().send(this.port, "GET", "/api/tracks/1", "");
		assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return new JsonMapper().readTree(response.body());
	}

	private static final class Browser {

		private final HttpClient http = HttpClient.newHttpClient();

		private String cookie = "";

		HttpResponse<String> login(int port, String email, String password) throws IOException, InterruptedException {
			return send(port, "POST", "/auth/login",
					"{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
		}

		HttpResponse<String> send(int port, String method, String path, String body)
				throws IOException, InterruptedException {
			HttpRequest.Builder request = HttpRequest
				.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
				.header("Content-Type", "application/json")
				.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
			if (!this.cookie.isEmpty()) {
				request.header("Cookie", "SID=" + this.cookie);
			}
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			response.headers()
				.firstValue("Set-Cookie")
				.ifPresent((header) -> this.cookie = header.substring("SID=".length()).split(";", 2)[0]);
			return response;
		}

	}

}
