package io.redispatterns.ratelimit.rule;

import java.util.Map;

import io.redispatterns.ratelimit.client.RateLimitTenantResolver;
import org.jspecify.annotations.Nullable;

/**
 * What all limits of an application have in common.
 *
 * @param apiKeyHeader the header that carries the key of an API
 * @param planByRole names of plans by a role of the user, the first that he has counts
 * @param tenants finds the tenant, {@code null} when the application has none
 */
public record LimitSettings(String apiKeyHeader, Map<String, String> planByRole,
		@Nullable RateLimitTenantResolver tenants) {

}
