package io.redispatterns.session.servlet;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionEvent;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sessions of a user where somebody has written something else, and on a server that
 * looks like one and is a cluster.
 */
class SessionIndexIntegrationTests {

	private static final String INDEX = "shop:session:user:{salice}";

	private final Browser browser = new Browser();

	@Test
	void healsWhenItIsOfAnotherType(@Redis StandaloneRedis redis) {
		try (ShopNode node = ShopNode.start(redis.springProperties())) {
			UserSessions sessions = node.get(UserSessions.class);
			for (List<String> garbage : List.of(List.of("SET", INDEX, "text"), List.of("HSET", INDEX, "a", "b"),
					List.of("XADD", INDEX, "*", "a", "b"))) {
				long healed = node.count(SessionEvent.UNREADABLE_INDEX);
				overwrite(redis, garbage);
				assertThat(this.browser.post(node, "/login?user=alice").statusCode()).isEqualTo(200);
				assertThat(sessions.list("alice")).hasSize(1);
				overwrite(redis, garbage);
				assertThat(sessions.list("alice")).isEmpty();
				overwrite(redis, garbage);
				redis.command("HSET", key(), "~t", "1700000000000");
				assertThat(this.browser.get(node, "/me").body()).isEqualTo("alice");
				assertThat(sessions.list("alice")).hasSize(1);
				overwrite(redis, garbage);
				assertThat(sessions.revokeAll("alice")).isZero();
				overwrite(redis, garbage);
				assertThat(this.browser.post(node, "/logout").statusCode()).isEqualTo(200);
				assertThat(this.browser.get(node, "/me").body()).isEqualTo("null");
				assertThat(node.count(SessionEvent.UNREADABLE_INDEX)).isEqualTo(healed + 4);
				redis.command("DEL", INDEX);
			}
		}
	}

	@Test
	void walksWhereOneServerRefusesKeysOfTwoSlots() {
		try (StandaloneRedis redis = StandaloneRedis.start("--cluster-enabled", "yes")) {
			redis.command(
					Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(0, 16384).mapToObj(String::valueOf))
						.toArray(String[]::new));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> String.valueOf(redis.command("CLUSTER", "INFO")).contains("cluster_state:ok"));
			try (ShopNode node = ShopNode.start(redis.springProperties())) {
				this.browser.post(node, "/basket?title=Angel");
				assertThat(this.browser.post(node, "/login?user=alice").statusCode()).isEqualTo(200);
				assertThat(this.browser.get(node, "/get?name=basket").body()).contains("Angel");
				assertThat(this.browser.get(node, "/sessions").body()).contains("\"current\":true");
				assertThat(this.browser.post(node, "/logout").statusCode()).isEqualTo(200);
				Awaitility.await()
					.untilAsserted(
							() -> assertThat((List<?>) Objects.requireNonNull(redis.command("KEYS", "*"))).isEmpty());
			}
		}
	}

	private String key() {
		return "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}";
	}

	private static void overwrite(StandaloneRedis redis, List<String> garbage) {
		redis.command("DEL", INDEX);
		redis.command(garbage.toArray(String[]::new));
	}

}
