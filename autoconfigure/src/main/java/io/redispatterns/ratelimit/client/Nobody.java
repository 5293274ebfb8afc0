package io.redispatterns.ratelimit.client;

import org.jspecify.annotations.Nullable;

/**
 * The caller where there is no request.
 */
final class Nobody implements Caller {

	@Override
	public String address() {
		throw new IllegalStateException("There is no request whose user or address could be limited."
				+ " Name who is limited by 'key', or limit all callers together by 'GLOBAL'.");
	}

	@Override
	public @Nullable String user() {
		return null;
	}

	@Override
	public boolean hasRole(String role) {
		return false;
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

}
