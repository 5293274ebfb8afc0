package io.redispatterns.ratelimit.method;

import java.lang.reflect.Method;

/**
 * Tells the methods that answer requests, and are limited by these, from others.
 */
@FunctionalInterface
public interface HandlerMethods {

	/**
	 * Name of the bean, by which it is found without asking for others.
	 */
	String BEAN_NAME = "redisRateLimitHandlerMethods";

	/**
	 * There is no web application.
	 */
	HandlerMethods NONE = (method, type) -> false;

	/**
	 * Whether requests are answered by a method.
	 * @param method the method of the class
	 * @param type the class
	 * @return whether it is limited by requests
	 */
	boolean contain(Method method, Class<?> type);

}
