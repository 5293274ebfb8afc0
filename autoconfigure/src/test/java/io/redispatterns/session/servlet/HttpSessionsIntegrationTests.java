package io.redispatterns.session.servlet;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionEvent;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.stampede.Wire;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one server, and browsers that walk between them.
 */
class HttpSessionsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ShopNode node;

	private static ShopNode other;

	private final Browser browser = new Browser();

	@BeforeAll
	static void start() {
		node = ShopNode.start(redis.springProperties());
		other = ShopNode.start(redis.springProperties());
		// Scripts are known to the server from here on
		Browser first = new Browser();
		first.post(node, "/set?name=a&value=1");
		first.post(node, "/login?user=first");
		first.post(node, "/set?name=a&value=2");
		first.post(node, "/logout");
	}

	@AfterAll
	static void stop() {
		node.close();
		other.close();
	}

	@BeforeEach
	void empty() {
		redis.command("FLUSHALL");
	}

	private static List<String> keys() {
		return ((List<?>) Objects.requireNonNull(redis.command("KEYS", "*"))).stream().map(String::valueOf).toList();
	}

	@Test
	void visitorWhoNeedsNoSessionCostsNothing() {
		try (Wire wire = Wire.tap(redis)) {
			HttpResponse<String> page = this.browser.get(node, "/page");
			assertThat(page.headers().map()).doesNotContainKey("set-cookie");
			assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("no session");
			assertThat(wire.commands("shop:session")).isEmpty();
		}
		assertThat(keys()).isEmpty();
	}

	@Test
	void cookieIsSafeAndTheServerDoesNotKnowIt() {
		HttpResponse<String> set = this.browser.post(node, "/set?name=a&value=1");
		assertThat(set.headers().allValues("set-cookie")).singleElement()
			.asString()
			.matches("SID=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
		assertThat(keys()).containsExactly("shop:session:{" + SessionIds.handle(this.browser.cookie) + "}");
		assertThat(String.valueOf(redis.command("HGETALL", keys().get(0)))).doesNotContain(this.browser.cookie);
	}

	@Test
	void readWithinTheTouchIntervalIsOneCommand() {
		this.browser.post(node, "/basket?title=Angel");
		try (Wire wire = Wire.tap(redis)) {
			assertThat(this.browser.get(node, "/get?name=basket").body()).contains("Angel");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha");
		}
	}

	@Test
	void changeIsTwoCommands() {
		this.browser.post(node, "/set?name=a&value=1");
		try (Wire wire = Wire.tap(redis)) {
			this.browser.post(node, "/set?name=b&value=2");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha", "evalsha");
		}
	}

	@Test
	void loginIsTwoCommandsAndChangesTheIdentifier() {
		this.browser.post(node, "/set?name=a&value=1");
		String before = this.browser.cookie;
		try (Wire wire = Wire.tap(redis)) {
			this.browser.post(node, "/login?user=alice");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha", "evalsha");
		}
		assertThat(this.browser.cookie).isNotEqualTo(before);
		assertThat(this.browser.get(other, "/get?name=a").body()).isEqualTo("1");
		Browser planted = new Browser();
		planted.cookie = before;
		assertThat(planted.get(node, "/me").body()).isEqualTo("null");
		assertThat(planted.get(other, "/me").body()).isEqualTo("null");
	}

	@Test
	void logoutIsTwoCommandsAndLeavesNothing() {
		this.browser.post(node, "/login?user=alice");
		try (Wire wire = Wire.tap(redis)) {
			this.browser.post(other, "/logout");
			assertThat(wire.commands("shop:session")).containsExactly("evalsha", "evalsha");
		}
		assertThat(keys()).isEmpty();
	}

	@Test
	void logoutInTheRequestOfTheLoginEndsWhatWasStored() {
		this.browser.post(node, "/set?name=a&value=1");
		this.browser.post(node, "/regret?user=alice");
		assertThat(keys()).isEmpty();
	}

	@Test
	void loginOfAnotherUserLeavesNothingOfTheFirst() {
		this.browser.post(node, "/login?user=alice");
		this.browser.post(node, "/set?name=a&value=1");
		this.browser.post(node, "/login?user=bob");
		assertThat(this.browser.get(node, "/me").body()).isEqualTo("bob");
		assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("null");
		assertThat(node.get(UserSessions.class).list("alice")).isEmpty();
	}

	@Test
	void walksLoginUseOnTwoNodesRevokeAndLogout() {
		Browser phone = new Browser();
		phone.userAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/605";
		this.browser.post(node, "/login?user=alice");
		phone.post(other, "/login?user=alice");
		assertThat(this.browser.get(other, "/me").body()).isEqualTo("alice");
		String list = this.browser.get(other, "/sessions").body();
		assertThat(list).contains("Firefox on Linux", "Safari on iPhone", "\"current\":true")
			.doesNotContain(this.browser.cookie, phone.cookie);
		String handle = SessionIds.handle(phone.cookie);
		assertThat(this.browser.send(node, "DELETE", "/sessions/" + handle).body()).isEqualTo("true");
		assertThat(phone.get(node, "/me").body()).isEqualTo("null");
		assertThat(phone.get(other, "/me").body()).isEqualTo("null");
		assertThat(this.browser.send(node, "DELETE", "/sessions/" + handle).body()).isEqualTo("false");
		String last = this.browser.cookie;
		HttpResponse<String> logout = this.browser.post(other, "/logout");
		assertThat(logout.headers().firstValue("clear-site-data")).contains("\"cache\", \"cookies\", \"storage\"");
		assertThat(logout.headers().firstValue("set-cookie").orElse("")).startsWith("SID=; Max-Age=0;");
		this.browser.cookie = last;
		assertThat(this.browser.get(node, "/me").body()).isEqualTo("null");
		assertThat(keys()).isEmpty();
	}

	@Test
	void userRevokesOthersAllAndNobodyElses() {
		List<Browser> browsers = Stream.generate(Browser::new).limit(3).toList();
		browsers.forEach((each) -> each.post(node, "/login?user=alice"));
		this.browser.post(node, "/login?user=bob");
		String handle = SessionIds.handle(browsers.get(0).cookie);
		assertThat(this.browser.send(node, "DELETE", "/sessions/" + handle).body()).isEqualTo("false");
		assertThat(browsers.get(0).send(node, "DELETE", "/sessions").body()).isEqualTo("2");
		assertThat(browsers).extracting((each) -> each.get(other, "/me").body())
			.containsExactly("alice", "null", "null");
		assertThat(other.get(UserSessions.class).revokeAll("alice")).isEqualTo(1);
		assertThat(browsers.get(0).get(node, "/me").body()).isEqualTo("null");
		assertThat(this.browser.get(node, "/me").body()).isEqualTo("bob");
	}

	@Test
	void requestsThatChangeDifferentAttributesBothWin() {
		this.browser.post(node, "/set?name=a&value=1");
		Sessions sessions = node.get(Sessions.class);
		StoredSession one = sessions.find(this.browser.cookie).join();
		StoredSession two = sessions.find(this.browser.cookie).join();
		one.setAttribute("one", 1);
		two.setAttribute("two", 2);
		two.removeAttribute("a");
		sessions.save(one).join();
		sessions.save(two).join();
		StoredSession both = sessions.find(this.browser.cookie).join();
		assertThat(both.getAttributeNames()).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void sessionThatHasEndedIsNeverStoredAgain() {
		this.browser.post(node, "/login?user=alice");
		Sessions sessions = node.get(Sessions.class);
		StoredSession writing = sessions.find(this.browser.cookie).join();
		StoredSession moving = sessions.find(this.browser.cookie).join();
		other.get(UserSessions.class).revokeAll("alice");
		writing.setAttribute("late", 1);
		writing.setLastAccessedTime(writing.getCreationTime().plusSeconds(3600));
		moving.changeSessionId();
		moving.setAttribute("late", 1);
		long dropped = node.count(SessionEvent.DROPPED);
		sessions.save(writing).join();
		sessions.save(moving).join();
		assertThat(keys()).isEmpty();
		assertThat(writing.isExpired()).isTrue();
		assertThat(node.count(SessionEvent.DROPPED)).isEqualTo(dropped + 2);
	}

	@Test
	void concurrentLoginsNeverShareAnIdentifierAndLoseNoBasket() throws Exception {
		this.browser.post(node, "/basket?title=Angel");
		String before = this.browser.cookie;
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			ConcurrentHashMap<String, String> cookies = new ConcurrentHashMap<>();
			List<Callable<Object>> logins = IntStream.range(0, 24).<Callable<Object>>mapToObj((i) -> () -> {
				Browser each = new Browser();
				each.cookie = before;
				ShopNode any = (i % 2 == 0) ? node : other;
				String user = "user" + i;
				each.post(any, "/login?user=" + user);
				assertThat(cookies.put(each.cookie, user)).isNull();
				return user;
			}).toList();
			for (var login : threads.invokeAll(logins)) {
				login.get();
			}
			assertThat(cookies).hasSize(24).doesNotContainKey(before);
			cookies.forEach((cookie, user) -> {
				Browser each = new Browser();
				each.cookie = cookie;
				assertThat(each.get(node, "/me").body()).isEqualTo(user);
			});
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(new Browser().get(node, "/me").body()).isEqualTo("null");
		assertThat(keys()).doesNotContain("shop:session:{" + SessionIds.handle(before) + "}");
	}

	@Test
	void tenThousandExpiredSessionsLeaveAnEmptyIndex() {
		redis.command("CONFIG", "SET", "notify-keyspace-events", "");
		redis.command("EVAL", """
				local now = redis.call('TIME')[1] * 1000
				for i = 1, 10000 do
				  redis.call('ZADD', KEYS[1], now + 600000, string.format('%022d', i))
				end""", "1", "shop:session:user:{salice}");
		this.browser.post(node, "/login?user=alice");
		assertThat(node.get(UserSessions.class).list("alice")).hasSize(1);
		Awaitility.await()
			.untilAsserted(() -> assertThat(redis.command("ZCARD", "shop:session:user:{salice}")).isEqualTo(1L));
		assertThat(node.get(UserSessions.class).revokeAll("alice")).isEqualTo(1);
		Awaitility.await().untilAsserted(() -> assertThat(keys()).isEmpty());
	}

	@Test
	void garbageIsANewSessionAndNoError() {
		this.browser.post(node, "/set?name=a&value=1");
		String key = keys().get(0);
		List<List<String>> faults = List.of(List.of("HSET", key, "~", "garbage"), List.of("HDEL", key, "~t"),
				List.of("SET", key, "text"));
		for (List<String> fault : faults) {
			redis.command(fault.toArray(String[]::new));
			assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("no session");
		}
		String before = this.browser.cookie;
		assertThat(this.browser.post(node, "/set?name=a&value=2").statusCode()).isEqualTo(200);
		assertThat(this.browser.cookie).isNotEqualTo(before);
		assertThat(node.count(SessionEvent.UNREADABLE)).isPositive();
		redis.command("HSET", "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}", "=a", "com.evil.X {}");
		assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("null");
		assertThat(node.count(SessionEvent.UNREADABLE_ATTRIBUTE)).isPositive();
	}

	@Test
	void rollingDeployKeepsAttributeThatOnlyTheOtherVersionReads() {
		this.browser.post(node, "/basket?title=Angel");
		String key = keys().get(0);
		String bytes = String.valueOf(redis.command("HGET", key, "=basket"));
		redis.command("HSET", key, "=basket", bytes.replace("{\"lines\"", "{\"coupon\":\"X\",\"lines\""));
		assertThat(this.browser.get(node, "/get?name=basket").body()).contains("Angel");
		String newer = bytes.replace("session.Basket ", "session.BasketOfTomorrow ");
		redis.command("HSET", key, "=basket", newer);
		assertThat(this.browser.get(node, "/get?name=basket").body()).isEqualTo("null");
		this.browser.post(node, "/set?name=b&value=2");
		assertThat(this.browser.get(other, "/get?name=b").body()).isEqualTo("2");
		assertThat(redis.command("HGET", key, "=basket")).isEqualTo(newer);
	}

	@Test
	void cookieThatIsNoIdentifierIsNotLookedFor() {
		this.browser.cookie = "../../etc/passwd";
		try (Wire wire = Wire.tap(redis)) {
			assertThat(this.browser.get(node, "/get?name=a").body()).isEqualTo("no session");
			assertThat(wire.commands("shop:session")).isEmpty();
		}
	}

	@Test
	void typeOutsideTheListFailsAtSave() {
		assertThat(this.browser.post(node, "/odd").statusCode()).isEqualTo(500);
		assertThat(keys()).isEmpty();
	}

	@Test
	void useIsToldAfterTheTouchInterval() {
		this.browser.post(node, "/login?user=alice");
		String key = "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}";
		String old = String.valueOf(Long.parseLong(String.valueOf(redis.command("HGET", key, "~t"))) - 61_000);
		redis.command("HSET", key, "~t", old);
		redis.command("PEXPIRE", key, "60000");
		redis.command("DEL", "shop:session:user:{salice}");
		try (Wire wire = Wire.tap(redis)) {
			this.browser.get(other, "/me");
			assertThat(wire.commands(key)).containsExactly("evalsha", "evalsha");
		}
		assertThat(redis.command("HGET", key, "~t")).isNotEqualTo(old);
		assertThat((Long) redis.command("PTTL", key)).isGreaterThan(1_700_000);
		Awaitility.await()
			.untilAsserted(() -> assertThat(redis.command("ZCARD", "shop:session:user:{salice}")).isEqualTo(1L));
	}

	@Test
	void everyKeyEnds() {
		this.browser.post(node, "/login?user=alice");
		assertThat(keys()).hasSize(2)
			.allSatisfy((key) -> assertThat((Long) redis.command("PTTL", key)).isBetween(1_000L, 2_000_000L));
	}

}
