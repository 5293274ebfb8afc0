package io.redispatterns.ratelimit.client;

import java.util.List;
import java.util.Objects;

import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the address that a limit counts by.
 *
 * @param trustedProxies Networks, or single addresses, of the proxies whose forwarding
 * header is believed. Without any, the address is that of the connection.
 * @param header Header to which each trusted proxy adds the address of its other end.
 * 'Forwarded' is read as RFC 7239 defines it, any other as a list of addresses.
 * @param ipv6Prefix How many bits of an IPv6 address name one client.
 */
@ConfigurationProperties("redis.rate-limit.client-ip")
public record ClientIpProperties(@DefaultValue List<String> trustedProxies,
		@DefaultValue("x-forwarded-for") String header, @DefaultValue("64") int ipv6Prefix) {

	public ClientIpProperties {
		for (int i = 0; i < trustedProxies.size(); i++) {
			requireNetwork("trusted-proxies[" + i + "]", trustedProxies.get(i));
		}
		if (!header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
			throw new InvalidSettingException("header", header, "be the name of a header",
					"Name the header that your proxy writes, such as 'x-forwarded-for'.");
		}
		if (ipv6Prefix < 16 || ipv6Prefix > 128) {
			throw new InvalidSettingException("ipv6-prefix", ipv6Prefix, "be between 16 and 128",
					"Use 64 for one network of a customer, 56 or 48 for what a provider hands out.");
		}
	}

	private static void requireNetwork(String key, String value) {
		AddressRange range = range(value);
		if (range == null) {
			throw new InvalidSettingException(key, value, "be an address or a network without bits behind its prefix",
					"Name the network by its first address, such as '10.0.0.0/8', or one proxy, such as '192.0.2.7'.");
		}
		if (range.prefix() == 0) {
			throw new InvalidSettingException(key, value, "not hold every address",
					"Name your proxies: whoever is trusted can say that he is another client.");
		}
	}

	List<AddressRange> ranges() {
		return this.trustedProxies.stream().map(ClientIpProperties::range).map(Objects::requireNonNull).toList();
	}

	private static @Nullable AddressRange range(String value) {
		return AddressRange.parse(value.strip());
	}

}
