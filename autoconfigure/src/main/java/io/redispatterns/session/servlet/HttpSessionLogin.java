package io.redispatterns.session.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Logs users in and out where Spring Security does not. Whoever calls it has checked who
 * the user is.
 */
public interface HttpSessionLogin {

	/**
	 * Make the session of a request that of a user. It gets a new identifier, so that one
	 * that was planted before is worth nothing; what it holds stays, unless it was that
	 * of another user.
	 * @param request the request
	 * @param user the name of the user, by which {@code UserSessions} knows him
	 */
	void login(HttpServletRequest request, String user);

	/**
	 * Tell who is logged in.
	 * @param request the request
	 * @return the name of the user, {@code null} when nobody is
	 */
	@Nullable String user(HttpServletRequest request);

	/**
	 * End the session of a request and have the browser forget its cookie and all that it
	 * keeps of this site.
	 * @param request the request
	 * @param response the response
	 */
	void logout(HttpServletRequest request, HttpServletResponse response);

}
