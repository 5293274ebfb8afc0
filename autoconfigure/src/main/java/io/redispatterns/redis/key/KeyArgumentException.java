package io.redispatterns.redis.key;

import org.jspecify.annotations.Nullable;

/**
 * Refusal to make a key from an argument that has no form which is equal exactly when the
 * argument is. It names the argument's class and never its value.
 */
public final class KeyArgumentException extends IllegalArgumentException {

	private final Class<?> argumentType;

	KeyArgumentException(Class<?> argumentType, String reason) {
		this(argumentType, reason, null);
	}

	KeyArgumentException(Class<?> argumentType, String reason, @Nullable Throwable cause) {
		super("cannot make a key from " + argumentType.getTypeName() + ": " + reason
				+ "; use a record, 'key = \"#argument.id\"' or a KeyArgumentResolver bean", cause);
		this.argumentType = argumentType;
	}

	/**
	 * Returns the class of the refused argument, or of the element of it that was
	 * refused.
	 * @return the refused class
	 */
	public Class<?> argumentType() {
		return this.argumentType;
	}

}
