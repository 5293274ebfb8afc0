package io.redispatterns.ratelimit.web.reactive;

import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Reads a principal of Spring Security. All who are not logged in are one principal
 * there: none of them is a user.
 */
final class SecurityIdentity implements Function<Principal, Identity> {

	private static final String PREFIX = "ROLE_";

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	@Override
	public Identity apply(Principal principal) {
		if (!(principal instanceof Authentication authentication)) {
			return Identity.BY_NAME.apply(principal);
		}
		if (!authentication.isAuthenticated() || this.trust.isAnonymous(authentication)) {
			return Identity.NONE;
		}
		Set<String> roles = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter(Objects::nonNull)
			.map((authority) -> authority.startsWith(PREFIX) ? authority.substring(PREFIX.length()) : authority)
			.collect(Collectors.toUnmodifiableSet());
		return new Identity(Identity.BY_NAME.apply(principal).name(), roles);
	}

}
