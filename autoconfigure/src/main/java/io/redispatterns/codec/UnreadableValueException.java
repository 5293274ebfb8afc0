package io.redispatterns.codec;

/**
 * Bytes that are not a value of the codec's types: damaged, foreign, hostile, or written
 * by another version of the application. The message tells the kind and place of the
 * fault and holds no part of the bytes; there is no cause and no stack trace.
 */
public final class UnreadableValueException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param owner who stores the values
	 * @param length the number of bytes
	 * @param reason the kind and place of the fault, without any part of the bytes
	 */
	public UnreadableValueException(String owner, int length, String reason) {
		super("%s cannot read %d bytes: %s".formatted(owner, length, reason), null, false, false);
	}

}
