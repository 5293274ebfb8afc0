package io.redispatterns.benchmarks.session;

import java.time.Instant;
import java.util.Objects;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/**
 * Spring Session's repositories on Lettuce, as shipped.
 *
 * @param <S> the type of a session
 */
final class SpringSessions<S extends Session> implements SessionRequests {

	private final SessionRepository<S> sessions;

	private final LettuceConnectionFactory connections;

	private SpringSessions(SessionRepository<S> sessions, LettuceConnectionFactory connections) {
		this.sessions = sessions;
		this.connections = connections;
	}

	static SessionRequests open(int port, boolean indexed) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port));
		connections.afterPropertiesSet();
		connections.start();
		RedisTemplate<String, Object> template = new RedisTemplate<>();
		template.setConnectionFactory(connections);
		template.setKeySerializer(RedisSerializer.string());
		template.setHashKeySerializer(RedisSerializer.string());
		template.afterPropertiesSet();
		return indexed ? new SpringSessions<>(new RedisIndexedSessionRepository(template), connections)
				: new SpringSessions<>(new RedisSessionRepository(template), connections);
	}

	@Override
	public String begin() {
		S session = this.sessions.createSession();
		session.setAttribute("basket", SessionProbe.BASKET);
		this.sessions.save(session);
		return session.getId();
	}

	@Override
	public void read(String id) {
		this.sessions.save(find(id));
	}

	@Override
	public void change(String id) {
		S session = find(id);
		session.setAttribute("basket", SessionProbe.BASKET);
		this.sessions.save(session);
	}

	@Override
	public String login(String id, String user) {
		S session = find(id);
		session.changeSessionId();
		session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
		this.sessions.save(session);
		return session.getId();
	}

	@Override
	public void logout(String id) {
		find(id);
		this.sessions.deleteById(id);
	}

	private S find(String id) {
		S session = Objects.requireNonNull(this.sessions.findById(id), "a session that was saved is not there");
		session.setLastAccessedTime(Instant.now());
		Objects.requireNonNull(session.<Object>getAttribute("basket"), "an attribute that was saved is not there");
		return session;
	}

	@Override
	public void close() {
		this.connections.destroy();
	}

}
