package io.redispatterns.ratelimit.client;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * An address of IPv4 or IPv6, as its bytes. One of IPv4 that is mapped into IPv6 is one
 * of IPv4.
 */
final class IpAddress {

	private static final int MAPPED_PREFIX = 12;

	private final byte[] bytes;

	private IpAddress(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Make an address of 4 or 16 bytes.
	 */
	static IpAddress of(byte[] bytes) {
		return new IpAddress(isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length) : bytes);
	}

	/**
	 * Read an address, without a port and without resolving a name.
	 * @return the address, {@code null} when the text is none
	 */
	static @Nullable IpAddress parse(String text) {
		byte[] bytes = (text.indexOf(':') >= 0) ? Ipv6Text.parse(text) : Ipv4Text.parse(text);
		return (bytes != null) ? of(bytes) : null;
	}

	boolean isIpv6() {
		return this.bytes.length > Ipv4Text.BYTES;
	}

	int bits() {
		return this.bytes.length * Byte.SIZE;
	}

	/**
	 * The first address of the network that this one is in.
	 * @param prefix how many bits name the network
	 */
	IpAddress network(int prefix) {
		byte[] network = new byte[this.bytes.length];
		for (int i = 0; i < network.length; i++) {
			int kept = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
			network[i] = (byte) (this.bytes[i] & (0xFF << (Byte.SIZE - kept)));
		}
		return new IpAddress(network);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof IpAddress that && Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	@Override
	public String toString() {
		return isIpv6() ? Ipv6Text.format(this.bytes) : Ipv4Text.format(this.bytes);
	}

	private static boolean isMapped(byte[] bytes) {
		if (bytes.length != Ipv6Text.BYTES || bytes[10] != -1 || bytes[11] != -1) {
			return false;
		}
		for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
			if (bytes[i] != 0) {
				return false;
			}
		}
		return true;
	}

}
