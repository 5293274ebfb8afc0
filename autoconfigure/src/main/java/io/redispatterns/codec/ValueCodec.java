package io.redispatterns.codec;

/**
 * Turns the values of one owner, such as a cache, into bytes and back.
 * <p>
 * Implementations are thread-safe and do no I/O. A value that is an instance of a
 * subclass of its declared concrete type (a proxy, for example) is written as the
 * declared type.
 */
public interface ValueCodec {

	/**
	 * Write a value.
	 * @param value the value, never {@code null}
	 * @return a new array, at most as long as the limit of this codec
	 * @throws ValueCodecException if the value is of none of this codec's types or cannot
	 * be written
	 * @throws ValueTooLargeException if its bytes exceed the limit
	 */
	byte[] encode(Object value);

	/**
	 * Read a value from a part of an array, which is neither copied nor changed.
	 * @param source the array
	 * @param offset the index of the first byte
	 * @param length the number of bytes
	 * @return the value, never {@code null}
	 * @throws UnreadableValueException if the bytes are anything but one value of this
	 * codec's types; treat it as a miss
	 */
	Object decode(byte[] source, int offset, int length);

}
