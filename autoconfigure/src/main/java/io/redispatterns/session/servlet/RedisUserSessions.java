package io.redispatterns.session.servlet;

import java.util.List;

import io.redispatterns.session.CurrentSession;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.UserSessions;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.UserIndex;
import org.jspecify.annotations.Nullable;

/**
 * {@link UserSessions} over the index in Redis.
 */
final class RedisUserSessions implements UserSessions {

	private final UserIndex index;

	private final CurrentSession current;

	RedisUserSessions(UserIndex index, CurrentSession current) {
		this.index = index;
		this.current = current;
	}

	@Override
	public List<UserSession> list(String user) {
		String handle = this.current.handle();
		return RedisHttpSessions.await(this.index.list(user)).stream().map((entry) -> of(entry, handle)).toList();
	}

	@Override
	public boolean revoke(String user, String handle) {
		return SessionIds.isHandle(handle) && RedisHttpSessions.await(this.index.revoke(user, handle));
	}

	@Override
	public int revokeOthers(String user) {
		return RedisHttpSessions.await(this.index.revokeAll(user, this.current.handle()));
	}

	@Override
	public int revokeAll(String user) {
		return RedisHttpSessions.await(this.index.revokeAll(user, null));
	}

	private static UserSession of(UserIndex.Entry entry, @Nullable String current) {
		return new UserSession(entry.handle(), entry.created(), entry.lastSeen(), entry.device(),
				entry.handle().equals(current));
	}

}
