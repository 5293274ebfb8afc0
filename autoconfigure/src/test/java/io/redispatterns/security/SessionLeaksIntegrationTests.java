package io.redispatterns.security;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.session.servlet.ShopNode;
import io.redispatterns.session.servlet.ShopNode.Browser;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The identifier of a session and a value in it, looked for wherever an operator reads:
 * while all is well, while the session cannot be read, and while Redis refuses.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionLeaksIntegrationTests {

	private static final String VALUE = "value-c4n4ry";

	private static final Pattern IDENTIFIER = Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])");

	private static final Pattern METER = Pattern.compile("redis\\.session[a-z.]*");

	@Redis
	static StandaloneRedis redis;

	private final Browser browser = new Browser();

	private final List<String> secrets = new ArrayList<>(List.of(VALUE));

	private ShopNode node;

	@BeforeAll
	void start() {
		this.node = start(redis.springProperties(), "logging.level.root=info", "logging.level.io.redispatterns=debug",
				"redis.resilience.command-timeout=2s", "redis.resilience.probe.interval=100ms",
				"redis.session.allowed-packages=io.redispatterns.session,io.redispatterns.security",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always");
	}

	ShopNode start(Map<String, String> connection, String... properties) {
		return ShopNode.start(connection, List.of(Operated.class), properties);
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@Test
	@Order(1)
	void logsAndExceptionsTellNothing(CapturedOutput output) {
		String key = signIn();
		StringBuilder told = new StringBuilder(failures());
		redis.command("HSET", key, "=a", "com.acme.Evil " + VALUE);
		assertThat(this.browser.get(this.node, "/get?name=a").body()).isEqualTo("null");
		redis.command("HSET", key, "~", VALUE);
		told.append(this.browser.get(this.node, "/me").body());
		signIn();
		told.append(this.browser.post(this.node, "/odd").body());
		redis.command("ACL", "SETUSER", "default", "-eval", "-evalsha");
		told.append(this.browser.get(this.node, "/me").body())
			.append(this.browser.post(this.node, "/set?name=b&value=" + VALUE).body())
			.append(failures());
		redis.command("ACL", "SETUSER", "default", "+@all");
		EveryPattern.await().until(() -> this.node.get(RedisExecutor.class).availability().outage() == null);
		EveryPattern.await().until(() -> this.browser.get(this.node, "/me").body().equals("alice"));
		assertThat(told).contains("UnstorableAttributeException", "session-unavailable", "NOPERM");
		assertThat(output.getAll()).contains("A session cannot be read", "Session attribute 'a' cannot be read");
		assertThat(told + output.getAll()).doesNotContain(this.secrets);
	}

	@Test
	@Order(2)
	void endpointsTellNothing() {
		String key = signIn();
		this.browser.get(this.node, "/get?name=a");
		redis.command("HSET", key, "~", VALUE);
		this.browser.get(this.node, "/get?name=a");
		String names = this.browser.get(this.node, "/actuator/metrics").body();
		Stream<String> meters = METER.matcher(names).results().map(MatchResult::group).map("metrics/"::concat);
		StringBuilder shown = new StringBuilder(names);
		Stream
			.concat(Stream.of("beans", "conditions", "configprops", "env", "health", "mappings", "redispatterns"),
					meters)
			.forEach((path) -> {
				var response = this.browser.get(this.node, "/actuator/" + path);
				assertThat(response.statusCode()).as(path).isEqualTo(200);
				shown.append(response.body());
			});
		assertThat(shown).contains("redis.session.reads", "unreadable", "redisSessions", "redis.session")
			.doesNotContain(this.secrets);
		assertThat(this.browser.get(this.node, "/actuator/metrics/redis.session.reads?tag=outcome:unreadable").body())
			.doesNotContain("\"value\":0.0");
	}

	@Test
	@Order(3)
	void tellsNothingWhileTheServerHangs(CapturedOutput output) {
		signIn();
		redis.server().freeze();
		StringBuilder told = new StringBuilder();
		try {
			for (String path : List.of("/set?name=b&value=" + VALUE, "/login?user=bob")) {
				told.append(this.browser.post(this.node, path).body());
			}
			told.append(this.browser.get(this.node, "/sessions").body())
				.append(failures())
				.append(this.browser.get(this.node, "/actuator/health").body());
			// Spring Security looks into the session of a reactive request
			Browser operator = new Browser();
			told.append(operator.get(this.node, "/actuator/health").body())
				.append(operator.get(this.node, "/actuator/metrics/redis.session.failures").body());
		}
		finally {
			redis.server().thaw();
		}
		EveryPattern.await().until(() -> this.browser.get(this.node, "/me").body().equals("alice"));
		assertThat(told).contains("session-unavailable", "RedisFailureException", "DEGRADED");
		assertThat(told + output.getAll()).doesNotContain(this.secrets);
	}

	@Test
	@Order(4)
	void nothingInRedisIsACookie() {
		redis.command("FLUSHALL");
		String key = signIn();
		Object fields = redis.command("HGETALL", key);
		Object members = redis.command("ZRANGE", "shop:session:user:{salice}", "0", "-1");
		List<?> keys = (List<?>) Objects.requireNonNull(redis.command("KEYS", "*"));
		assertThat(keys).hasSize(2);
		String all = keys + " " + fields + " " + members;
		assertThat(all).contains(SessionIds.handle(this.browser.cookie), VALUE);
		assertThat(this.browser.cookie).matches(IDENTIFIER);
		assertThat(IDENTIFIER.matcher(all).results().map(MatchResult::group)).as("what could be a cookie").isEmpty();
		Browser thief = new Browser();
		for (Object each : List.of(SessionIds.handle(this.browser.cookie), key)) {
			thief.cookie = each.toString();
			assertThat(thief.get(this.node, "/me").body()).isEqualTo("null");
		}
	}

	/**
	 * Log in with a value in the session.
	 * @return the key of the session
	 */
	private String signIn() {
		this.browser.cookie = "";
		this.browser.post(this.node, "/set?name=a&value=" + VALUE);
		this.secrets.add(this.browser.cookie);
		this.browser.post(this.node, "/login?user=alice");
		this.secrets.add(this.browser.cookie);
		assertThat(this.secrets).doesNotContain("").doesNotHaveDuplicates();
		return "shop:session:{" + SessionIds.handle(this.browser.cookie) + "}";
	}

	/**
	 * What callers may get to see of calls that fail.
	 */
	private String failures() {
		StringWriter text = new StringWriter();
		Sessions sessions = this.node.get(Sessions.class);
		for (Object value : List.of(new StringBuilder(VALUE), new LeaksIntegrationTests.Secretive(), VALUE)) {
			try {
				sessions.find(this.browser.cookie).join();
				StoredSession session = sessions.begin();
				this.secrets.add(session.getId());
				session.setAttribute("odd", value);
				sessions.save(session).join();
			}
			catch (RuntimeException ex) {
				ex.printStackTrace(new PrintWriter(text));
			}
		}
		return text.toString();
	}

	/**
	 * All that an application has, open to everybody.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Operated {

		@Bean
		SecurityFilterChain open(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.csrf((csrf) -> csrf.disable())
				.build();
		}

	}

}
