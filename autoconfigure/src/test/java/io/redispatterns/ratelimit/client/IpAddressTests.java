package io.redispatterns.ratelimit.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IpAddress}.
 */
class IpAddressTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			203.0.113.7, 203.0.113.7
			0.0.0.0, 0.0.0.0
			255.255.255.255, 255.255.255.255
			::, ::
			::1, ::1
			1::, 1::
			2001:DB8::0001, 2001:db8::1
			2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1
			2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1
			fe80::1%eth0, fe80::1
			::ffff:203.0.113.7, 203.0.113.7
			0:0:0:0:0:ffff:cb00:7107, 203.0.113.7
			64:ff9b::203.0.113.7, 64:ff9b::cb00:7107
			""")
	void readsAddress(String text, String canonical) {
		assertThat(IpAddress.parse(text)).hasToString(canonical);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "localhost", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4",
			"0x1.2.3.4", "1.2.3.-4", "1.2.3.4 ", "16909060", "١.2.3.4", ":", ":::", "1:2:3:4:5:6:7",
			"1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "::1.2.3.4:5", "1.2.3.4::", "1:2:3:4:5:6:7::8",
			"::ffff:1.2.3.04", "::-1", "[::1]", "::1/64" })
	void refusesWhatIsNoAddress(String text) {
		assertThat(IpAddress.parse(text)).isNull();
	}

	@Test
	void readsWhatTheJdkWrites() throws UnknownHostException {
		Random random = random();
		for (int i = 0; i < 2000; i++) {
			byte[] bytes = bytes(random, random.nextBoolean() ? 4 : 16);
			InetAddress expected = InetAddress.getByAddress(bytes);
			assertThat(IpAddress.parse(expected.getHostAddress())).isEqualTo(IpAddress.of(expected.getAddress()));
		}
	}

	@Test
	void readsWhatItWrites() {
		Random random = random();
		for (int i = 0; i < 2000; i++) {
			IpAddress address = IpAddress.of(bytes(random, random.nextBoolean() ? 4 : 16));
			assertThat(IpAddress.parse(address.toString())).as(address.toString()).isEqualTo(address);
		}
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2:3:4:5:6, 64, 2001:db8:1:2::", "2001:db8:1:2ff:3:4:5:6, 56, 2001:db8:1:200::",
			"2001:db8::1, 128, 2001:db8::1", "203.0.113.7, 24, 203.0.113.0", "203.0.113.7, 0, 0.0.0.0" })
	void namesNetwork(String address, int prefix, String network) {
		assertThat(Objects.requireNonNull(IpAddress.parse(address)).network(prefix)).hasToString(network);
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "10.0.0.0/8, ::ffff:10.0.0.1, true",
			"::ffff:10.0.0.0/104, 10.1.1.1, true", "192.0.2.7, 192.0.2.7, true", "192.0.2.7, 192.0.2.8, false",
			"fd00::/8, fd12::1, true", "fd00::/8, 253.0.0.1, false", "::1, ::1, true" })
	void rangeHoldsItsAddresses(String range, String address, boolean held) {
		assertThat(Objects.requireNonNull(AddressRange.parse(range))
			.contains(Objects.requireNonNull(IpAddress.parse(address)))).isEqualTo(held);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/8", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/", "::/129",
			"10.0.0.0/8/8", "private", "::ffff:10.0.0.0/64" })
	void refusesWhatIsNoRange(String text) {
		assertThat(AddressRange.parse(text)).isNull();
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) ((random.nextInt(3) == 0) ? random.nextInt() : 0);
		}
		return bytes;
	}

	private static Random random() {
		long seed = System.nanoTime();
		System.out.println("seed of addresses: " + seed);
		return new Random(seed);
	}

}
