package io.redispatterns.ratelimit.client;

import java.util.function.Consumer;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, in the words that a limit can be counted by.
 */
public interface Caller {

	/**
	 * Nobody: there is no request.
	 */
	Caller NONE = new Nobody();

	/**
	 * The address of the client.
	 * @return an IPv4 address, or the first address of an IPv6 network
	 * @throws IllegalStateException when there is no request, or no address
	 */
	String address();

	/**
	 * The authenticated user.
	 * @return the name, {@code null} for one who is not known
	 */
	@Nullable String user();

	/**
	 * Whether the authenticated user has a role.
	 * @param role the role, without a prefix
	 * @return whether he has
	 */
	boolean hasRole(String role);

	/**
	 * A header of the request.
	 * @param name the name of the header
	 * @return the first value, {@code null} when there is none
	 */
	@Nullable String header(String name);

	/**
	 * Have the response tell of a decision.
	 * @param decision what was decided
	 */
	default void tell(RateLimitDecision decision) {
	}

	/**
	 * Have something done when the request is answered.
	 * @param action what to do; told whether the answer is a success
	 * @return {@code false} when there is no request, and nothing will be done
	 */
	default boolean whenAnswered(Consumer<Boolean> action) {
		return false;
	}

	/**
	 * What a refused call fails with.
	 * @param decision what was decided
	 * @return the exception to throw
	 */
	default RateLimitExceededException refusal(RateLimitDecision decision) {
		return new RateLimitExceededException(decision);
	}

}
