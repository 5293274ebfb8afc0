package io.redispatterns.benchmarks.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.session.store.Replies;
import io.redispatterns.session.store.SessionCommands;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.SessionSettings;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.session.store.TimeOuts;
import io.redispatterns.session.value.AllowedPackages;
import io.redispatterns.session.value.AttributeCodec;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * This project: the sessions of an application that has the starter on its class path.
 */
final class PatternsSessions implements SessionRequests {

	private final ConfigurableApplicationContext context;

	private final Sessions sessions;

	private PatternsSessions(ConfigurableApplicationContext context, Sessions sessions) {
		this.context = context;
		this.sessions = sessions;
	}

	static SessionRequests open(int port) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--spring.application.name=benchmarks", "--spring.main.banner-mode=off",
					"--spring.main.log-startup-info=false", "--spring.data.redis.port=" + port,
					"--redis.resilience.command-timeout=5s", "--redis.resilience.probe.interval=1m");
		RedisExecutor redis = context.getBean(RedisExecutor.class);
		awaitConnection(redis);
		AttributeCodec codec = new AttributeCodec(context.getBean(JsonValueCodecs.class),
				new AllowedPackages(List.of("io.redispatterns")), PatternsSessions.class.getClassLoader());
		SessionSettings settings = new SessionSettings(
				(session) -> new TimeOuts(Duration.ofMinutes(30), Duration.ofDays(30)), Duration.ofMinutes(1), true);
		return new PatternsSessions(context, new Sessions(new SessionCommands(redis, context.getBean(KeySpace.class)),
				codec, new SessionIds(new SecureRandom()), settings, Clock.systemUTC()));
	}

	private static void awaitConnection(RedisExecutor redis) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (true) {
			try {
				redis.await(redis.time());
				return;
			}
			catch (RedisFailureException ex) {
				if (System.nanoTime() > end) {
					throw ex;
				}
				LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
			}
		}
	}

	@Override
	public String begin() {
		StoredSession session = this.sessions.begin();
		session.setAttribute("basket", SessionProbe.BASKET);
		return save(session);
	}

	@Override
	public void read(String id) {
		save(find(id));
	}

	@Override
	public void change(String id) {
		StoredSession session = find(id);
		session.setAttribute("basket", SessionProbe.BASKET);
		save(session);
	}

	@Override
	public String login(String id, String user) {
		StoredSession session = find(id);
		session.changeSessionId();
		session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
		return save(session);
	}

	@Override
	public void logout(String id) {
		Replies.await(this.sessions.end(find(id)));
	}

	private StoredSession find(String id) {
		StoredSession session = Objects.requireNonNull(Replies.await(this.sessions.find(id)),
				"a session that was saved is not there");
		session.setLastAccessedTime(Instant.now());
		Objects.requireNonNull(session.<Object>getAttribute("basket"), "an attribute that was saved is not there");
		return session;
	}

	private String save(StoredSession session) {
		Replies.await(this.sessions.save(session));
		return session.getId();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An application with nothing but what the class path brings.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
