package io.redispatterns.ratelimit.web.reactive;

import java.security.Principal;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * An authenticated user.
 *
 * @param name the name, {@code null} for one who is not known
 * @param roles his roles without a prefix
 */
record Identity(@Nullable String name, Set<String> roles) {

	static final Identity NONE = new Identity(null, Set.of());

	/**
	 * Reads a principal of which nothing but the name is known.
	 */
	static final Function<Principal, Identity> BY_NAME = (principal) -> new Identity(
			StringUtils.hasLength(principal.getName()) ? principal.getName() : null, Set.of());

}
