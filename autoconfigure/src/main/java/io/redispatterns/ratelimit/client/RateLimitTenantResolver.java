package io.redispatterns.ratelimit.client;

import org.jspecify.annotations.Nullable;

/**
 * Tells the tenant that a request is of, for limits by tenant. A bean of the application.
 */
@FunctionalInterface
public interface RateLimitTenantResolver {

	/**
	 * Find the tenant. Called for each limited request, so it must not block.
	 * @param caller who sends the request
	 * @return the tenant, {@code null} when it is not known, which is an error
	 */
	@Nullable String tenant(Caller caller);

}
