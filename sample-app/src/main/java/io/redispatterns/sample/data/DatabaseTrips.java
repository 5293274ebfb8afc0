package io.redispatterns.sample.data;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The number of questions that the current request has asked the database. A request that
 * was answered from a cache asked none; work on other threads is counted where it is
 * {@link #counted(Callable) counted in}.
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
			of(request).incrementAndGet();
		}
	}

	/**
	 * Returns the number of questions so far.
	 * @return the number, 0 if there is no current request
	 */
	public static int ofCurrentRequest() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		return (request != null) ? of(request).get() : 0;
	}

	/**
	 * Counts work on other threads in with the current request, which must not end before
	 * the work.
	 * @param <T> the type of its result
	 * @param work the work
	 * @return the work, to be done on any thread
	 */
	public static <T> Callable<T> counted(Callable<T> work) {
		RequestAttributes request = RequestContextHolder.currentRequestAttributes();
		// Here, since a request is not safe for use by many threads
		of(request);
		return () -> {
			RequestContextHolder.setRequestAttributes(request);
			try {
				return work.call();
			}
			finally {
				RequestContextHolder.resetRequestAttributes();
			}
		};
	}

	private static AtomicInteger of(RequestAttributes request) {
		if (request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof AtomicInteger trips) {
			return trips;
		}
		AtomicInteger trips = new AtomicInteger();
		request.setAttribute(ATTRIBUTE, trips, RequestAttributes.SCOPE_REQUEST);
		return trips;
	}

}
