package io.redispatterns.session.servlet;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionEvent;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.session.FindByIndexNameSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that end by the clock of the server, which tells nobody of it.
 */
class SessionTimesIntegrationTests {

	private static final int MANY = 10_000;

	private static final int AT_ONCE = 500;

	private static final String INDEX = "shop:session:user:{salice}";

	@Redis
	static StandaloneRedis redis;

	private static ShopNode node;

	private final Browser browser = new Browser();

	@BeforeAll
	static void start() {
		redis.command("CONFIG", "SET", "notify-keyspace-events", "");
		node = ShopNode.start(redis.springProperties(), "redis.session.timeout=1500ms",
				"redis.session.absolute-timeout=3s");
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@BeforeEach
	void empty() {
		redis.command("FLUSHALL");
	}

	@Test
	void tenThousandSessionsExpireAndOneSweepLeavesAnEmptyIndex() {
		Sessions sessions = node.get(Sessions.class);
		for (int i = 0; i < MANY; i += AT_ONCE) {
			CompletableFuture
				.allOf(IntStream.range(0, AT_ONCE)
					.mapToObj((each) -> sessions.save(ofAlice(sessions)))
					.toArray(CompletableFuture[]::new))
				.join();
		}
		assertThat(redis.command("ZCARD", INDEX)).isEqualTo((long) MANY);
		await().untilAsserted(() -> assertThat(keys()).containsExactly(INDEX));
		assertThat(redis.command("ZCARD", INDEX)).isEqualTo((long) MANY);
		assertThat(node.get(UserSessions.class).list("alice")).isEmpty();
		await().untilAsserted(() -> assertThat(keys()).isEmpty());
	}

	@Test
	void idleSessionEnds() {
		this.browser.post(node, "/login?user=alice");
		long absent = node.count(SessionEvent.ABSENT);
		await().untilAsserted(() -> assertThat(redis.command("EXISTS", key())).isEqualTo(0L));
		assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("no session");
		assertThat(node.count(SessionEvent.ABSENT)).isEqualTo(absent + 1);
		assertThat(node.get(UserSessions.class).list("alice")).isEmpty();
	}

	@Test
	void sessionThatIsAlwaysUsedEndsAllTheSame() {
		this.browser.post(node, "/login?user=alice");
		long touched = node.count(SessionEvent.TOUCHED);
		await().untilAsserted(() -> assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("no session"));
		assertThat(node.count(SessionEvent.TOUCHED)).isGreaterThan(touched);
	}

	private static StoredSession ofAlice(Sessions sessions) {
		StoredSession session = sessions.begin();
		session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
		return session;
	}

	private String key() {
		return "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}";
	}

	private static List<String> keys() {
		return ((List<?>) Objects.requireNonNull(redis.command("KEYS", "*"))).stream().map(String::valueOf).toList();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

}
