package io.redispatterns.codec;

/**
 * A value whose bytes, after compression, exceed the limit of its codec.
 */
public final class ValueTooLargeException extends ValueCodecException {

	private final long size;

	private final long limit;

	/**
	 * Create the exception.
	 * @param owner who stores the values
	 * @param size the size in bytes at which writing stopped
	 * @param limit the limit in bytes
	 */
	public ValueTooLargeException(String owner, long size, long limit) {
		super("%s stores values of at most %d bytes but was given one of %d bytes or more: raise the limit or store less"
			.formatted(owner, limit, size));
		this.size = size;
		this.limit = limit;
	}

	/**
	 * Return the size at which writing stopped.
	 * @return the size in bytes; the whole value may be larger
	 */
	public long getSize() {
		return this.size;
	}

	/**
	 * Return the limit of the codec.
	 * @return the limit in bytes
	 */
	public long getLimit() {
		return this.limit;
	}

}
