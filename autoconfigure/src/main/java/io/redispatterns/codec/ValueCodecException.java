package io.redispatterns.codec;

/**
 * A type or value that a codec refuses to store. The message names the owner, the type
 * and the way out, and holds no part of the value.
 */
public class ValueCodecException extends RuntimeException {

	public ValueCodecException(String message) {
		super(message);
	}

}
