package io.redispatterns.session;

import java.util.List;

/**
 * The sessions of users. A user is known by the name of Spring Security's
 * {@code Authentication}, or by what the application has logged in.
 * <p>
 * Blocks for one round trip, and one for each hundred sessions; for an application on
 * event loops there is {@code ReactiveUserSessions}. A session that is revoked is gone
 * for the next request on any node. Without Redis there is a
 * {@link SessionUnavailableException}, and nothing is known to be revoked.
 */
public interface UserSessions {

	/**
	 * List the sessions of a user.
	 * @param user the name of the user
	 * @return the sessions, last used first
	 */
	List<UserSession> list(String user);

	/**
	 * End a session of a user.
	 * @param user the name of the user, whose session it must be
	 * @param handle the session
	 * @return whether he had such a session
	 */
	boolean revoke(String user, String handle);

	/**
	 * End the sessions of a user but that of the request that asks.
	 * @param user the name of the user
	 * @return how many were ended
	 */
	int revokeOthers(String user);

	/**
	 * End all sessions of a user, as after a change of his password.
	 * @param user the name of the user
	 * @return how many were ended
	 */
	int revokeAll(String user);

}
