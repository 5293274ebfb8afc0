package io.redispatterns.session.servlet;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.SentinelRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in a cluster and behind sentinels, over a failover.
 */
class SessionTopologiesIntegrationTests {

	@Test
	void walksInACluster(@Redis ClusterRedis redis) {
		walk(redis.springProperties(), (browser) -> redis
			.failover(redis.masterOf("shop:session:{" + SessionIds.handle(browser.cookie) + "}")));
	}

	@Test
	void walksBehindSentinels(@Redis SentinelRedis redis) {
		walk(redis.springProperties(), (browser) -> redis.failover());
	}

	private static void walk(Map<String, String> redis, Consumer<Browser> failover) {
		try (ShopNode node = ShopNode.start(redis); ShopNode other = ShopNode.start(redis)) {
			Browser browser = new Browser();
			browser.post(node, "/basket?title=Angel");
			browser.post(node, "/login?user=alice");
			Browser phone = new Browser();
			phone.post(other, "/login?user=alice");
			assertThat(browser.get(other, "/get?name=basket").body()).contains("Angel");
			failover.accept(browser);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(browser.get(node, "/me").body()).isEqualTo("alice"));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(other.get(UserSessions.class).list("alice")).hasSize(2));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> browser.send(node, "DELETE", "/sessions/" + SessionIds.handle(phone.cookie))
					.statusCode() == 200);
			assertThat(phone.get(node, "/me").body()).isEqualTo("null");
			browser.post(other, "/logout");
			assertThat(browser.get(node, "/me").body()).isEqualTo("null");
		}
	}

}
