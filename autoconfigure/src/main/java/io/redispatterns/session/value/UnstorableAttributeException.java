package io.redispatterns.session.value;

/**
 * An attribute of a session that is not stored, because it could not be given back. The
 * message names the attribute, its class and the way out, and holds no part of the value.
 */
public final class UnstorableAttributeException extends IllegalArgumentException {

	private final String attribute;

	/**
	 * Create the exception.
	 * @param attribute the name of the attribute
	 * @param reason why it is not stored, and what to do
	 */
	public UnstorableAttributeException(String attribute, String reason) {
		super("Session attribute '%s' cannot be stored: %s".formatted(attribute, reason));
		this.attribute = attribute;
	}

	/**
	 * The attribute.
	 * @return its name
	 */
	public String attribute() {
		return this.attribute;
	}

}
