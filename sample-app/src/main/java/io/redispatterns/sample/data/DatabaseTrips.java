package io.redispatterns.sample.data;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The number of questions that the current request has asked the database. A request that
 * was answered from a cache asked none; work on other threads is not counted.
 */
public final class DatabaseTrips {

	private static final String ATTRIBUTE = DatabaseTrips.class.getName();

	private DatabaseTrips() {
	}

	/**
	 * Counts one question to the database, if there is a current request.
	 */
	public static void add() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(ATTRIBUTE, ofCurrentRequest() + 1, RequestAttributes.SCOPE_REQUEST);
		}
	}

	/**
	 * Returns the number of questions so far.
	 * @return the number, 0 if there is no current request
	 */
	public static int ofCurrentRequest() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		Object trips = (request != null) ? request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) : null;
		return (trips instanceof Integer number) ? number : 0;
	}

}
