package io.redispatterns.ratelimit.policy;

/**
 * A limit that cannot be enforced.
 */
public final class InvalidRateLimitException extends IllegalArgumentException {

	private final String component;

	private final transient Object value;

	private final String reason;

	InvalidRateLimitException(String component, Object value, String reason) {
		super("'%s' must %s but was '%s'".formatted(component, reason, value));
		this.component = component;
		this.value = value;
		this.reason = reason;
	}

	/**
	 * The part of the policy that cannot be.
	 * @return the name of the part
	 */
	public String component() {
		return this.component;
	}

	/**
	 * What it is.
	 * @return the value
	 */
	public Object value() {
		return this.value;
	}

	/**
	 * What is wrong with it.
	 * @return the reason, after the word 'must'
	 */
	public String reason() {
		return this.reason;
	}

}
