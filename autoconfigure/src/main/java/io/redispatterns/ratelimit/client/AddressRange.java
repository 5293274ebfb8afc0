package io.redispatterns.ratelimit.client;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of a network.
 *
 * @param network its first address
 * @param prefix how many bits name the network
 */
record AddressRange(IpAddress network, int prefix) {

	private static final int MAPPED_BITS = 96;

	/**
	 * Read a range such as {@code 10.0.0.0/8}, or one address.
	 * @return the range, {@code null} when the text is none: also when a bit is set that
	 * does not name the network
	 */
	static @Nullable AddressRange parse(String text) {
		int slash = text.indexOf('/');
		String first = (slash >= 0) ? text.substring(0, slash) : text;
		IpAddress network = IpAddress.parse(first);
		if (network == null) {
			return null;
		}
		int prefix = (slash >= 0) ? number(text.substring(slash + 1)) : network.bits();
		if (slash >= 0 && !network.isIpv6() && first.indexOf(':') >= 0) {
			prefix -= MAPPED_BITS;
		}
		boolean fits = prefix >= 0 && prefix <= network.bits() && network.network(prefix).equals(network);
		return fits ? new AddressRange(network, prefix) : null;
	}

	boolean contains(IpAddress address) {
		return address.bits() == this.network.bits() && address.network(this.prefix).equals(this.network);
	}

	private static int number(String text) {
		return text.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(text) : -1;
	}

}
