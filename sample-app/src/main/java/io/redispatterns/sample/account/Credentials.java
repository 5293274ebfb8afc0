package io.redispatterns.sample.account;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a customer logs in with.
 */
record Credentials(String email, String password) {

	private static final int MAX_LENGTH = 72;

	Credentials(@Nullable String email, @Nullable String password) {
		this.email = (email != null) ? email.strip().toLowerCase(Locale.ROOT) : "";
		this.password = (password != null) ? password : "";
	}

	boolean arePlausible() {
		return !this.email.isEmpty() && this.email.length() <= MAX_LENGTH && !this.password.isEmpty()
				&& this.password.length() <= MAX_LENGTH;
	}

	@Override
	public String toString() {
		return "Credentials of a customer";
	}

}
