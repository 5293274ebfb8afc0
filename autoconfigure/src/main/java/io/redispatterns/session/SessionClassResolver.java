package io.redispatterns.session;

import org.jspecify.annotations.Nullable;

import org.springframework.session.Session;

/**
 * Tells the class of a session, which has time-outs of its own under
 * {@code redis.session.classes}: shorter ones for administrators, longer ones for a
 * device that is known. Asked when a session begins and at each login.
 */
@FunctionalInterface
public interface SessionClassResolver {

	/**
	 * The attribute that holds the class where no other resolver is defined.
	 */
	String ATTRIBUTE = SessionClassResolver.class.getName();

	/**
	 * Tell the class of a session.
	 * @param session the session with what the request has set
	 * @return the name of the class, {@code null} for the general time-outs
	 */
	@Nullable String resolve(Session session);

}
