package io.redispatterns.ratelimit.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients apart by their addresses. Safe for use by many threads.
 */
public final class ClientAddresses {

	private static final Logger logger = LoggerFactory.getLogger(ClientAddresses.class);

	private final List<AddressRange> trusted;

	private final String header;

	private final Function<String, @Nullable IpAddress> hop;

	private final int ipv6Prefix;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create the addresses.
	 * @param properties which proxies are believed
	 */
	public ClientAddresses(ClientIpProperties properties) {
		this.trusted = properties.ranges();
		this.header = properties.header();
		this.hop = this.header.equalsIgnoreCase("forwarded") ? ForwardedHop::standard : ForwardedHop::plain;
		this.ipv6Prefix = properties.ipv6Prefix();
	}

	/**
	 * The address by which the sender of a request is counted.
	 * @param peer the address at the other end of the connection, {@code null} when there
	 * is none
	 * @param headers gives the lines of a header
	 * @return an IPv4 address, or the first address of an IPv6 network
	 * @throws IllegalStateException when the connection has no address
	 */
	public String of(@Nullable String peer, Function<String, List<String>> headers) {
		IpAddress address = (peer != null) ? IpAddress.parse(peer) : null;
		if (address == null) {
			throw new IllegalStateException(
					"The connection of a request has no address to limit by. Limit by another key, such as the user.");
		}
		if (this.trusted.isEmpty()) {
			warn(headers);
		}
		else if (isTrusted(address)) {
			address = walk(address, headers.apply(this.header));
		}
		return address.network(address.isIpv6() ? this.ipv6Prefix : address.bits()).toString();
	}

	private IpAddress walk(IpAddress peer, List<String> lines) {
		IpAddress nearest = peer;
		for (int i = lines.size() - 1; i >= 0; i--) {
			String line = lines.get(i);
			for (int end = line.length(); end >= 0;) {
				int comma = line.lastIndexOf(',', end - 1);
				String element = line.substring(comma + 1, end);
				end = comma;
				if (!element.isBlank()) {
					IpAddress address = this.hop.apply(element);
					if (address == null) {
						return nearest;
					}
					nearest = address;
					if (!isTrusted(address)) {
						return nearest;
					}
				}
			}
		}
		return nearest;
	}

	private boolean isTrusted(IpAddress address) {
		for (AddressRange range : this.trusted) {
			if (range.contains(address)) {
				return true;
			}
		}
		return false;
	}

	private void warn(Function<String, List<String>> headers) {
		if (!this.warned.get() && !headers.apply(this.header).isEmpty() && this.warned.compareAndSet(false, true)) {
			logger.warn("A request carries the header '{}' and no proxy is trusted: it is not believed, and all clients"
					+ " behind one proxy share their limits. Name your proxies in"
					+ " 'redis.rate-limit.client-ip.trusted-proxies'.", this.header);
		}
	}

}
