package io.redispatterns.session;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sessions of users as {@link UserSessions} has them, without blocking.
 */
public interface ReactiveUserSessions {

	/**
	 * List the sessions of a user.
	 * @param user the name of the user
	 * @return the sessions, last used first
	 */
	Flux<UserSession> list(String user);

	/**
	 * End a session of a user.
	 * @param user the name of the user, whose session it must be
	 * @param handle the session
	 * @return whether he had such a session
	 */
	Mono<Boolean> revoke(String user, String handle);

	/**
	 * End the sessions of a user but that of the request that asks.
	 * @param user the name of the user
	 * @return how many were ended
	 */
	Mono<Integer> revokeOthers(String user);

	/**
	 * End all sessions of a user, as after a change of his password.
	 * @param user the name of the user
	 * @return how many were ended
	 */
	Mono<Integer> revokeAll(String user);

}
