package io.redispatterns.ratelimit.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.redispatterns.redis.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClientAddresses}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientAddressesTests {

	private static final List<String> PROXIES = List.of("10.0.0.0/8", "fd00::/8");

	private final ClientAddresses plain = new ClientAddresses(new ClientIpProperties(PROXIES, "x-forwarded-for", 64));

	private final ClientAddresses standard = new ClientAddresses(new ClientIpProperties(PROXIES, "Forwarded", 64));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			203.0.113.7 | 1.1.1.1 | 203.0.113.7
			10.0.0.1 | 203.0.113.7 | 203.0.113.7
			10.0.0.1 | 1.1.1.1, 203.0.113.7 | 203.0.113.7
			10.0.0.1 | 1.1.1.1, 203.0.113.7, 10.0.0.2 | 203.0.113.7
			10.0.0.1 | 203.0.113.7:4711 | 203.0.113.7
			10.0.0.1 | 203.0.113.7,, | 203.0.113.7
			10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3
			10.0.0.1 | 1.1.1.1, unknown | 10.0.0.1
			10.0.0.1 | 1.1.1.1, unknown, 10.0.0.2 | 10.0.0.2
			10.0.0.1 | 1.1.1.1, <script> | 10.0.0.1
			10.0.0.1 | [2001:db8:1:2:3:4:5:6]:443 | 2001:db8:1:2::
			10.0.0.1 | 2001:db8:1:2:3:4:5:6 | 2001:db8:1:2::
			10.0.0.1 | ::ffff:203.0.113.7 | 203.0.113.7
			::ffff:10.0.0.1 | 203.0.113.7 | 203.0.113.7
			fd00::1%eth0 | 203.0.113.7 | 203.0.113.7
			2001:db8:1:2:ffff::1 | 1.1.1.1 | 2001:db8:1:2::
			10.0.0.1 | [203.0.113.7] | 10.0.0.1
			10.0.0.1 | 203.0.113.7:http | 10.0.0.1
			""")
	void findsRightmostHopThatIsNotTrusted(String peer, String header, String client) {
		assertThat(this.plain.of(peer, (name) -> List.of(header))).isEqualTo(client);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			for=203.0.113.7 | 203.0.113.7
			For="203.0.113.7:4711";proto=https;by=10.0.0.1 | 203.0.113.7
			for=1.1.1.1, for="[2001:db8:1:2::7]:443" | 2001:db8:1:2::
			for="[2001:db8:1:2::7]:_port" | 2001:db8:1:2::
			for=unknown | 10.0.0.1
			for=_hidden | 10.0.0.1
			proto=https | 10.0.0.1
			for=1.1.1.1;for=2.2.2.2 | 10.0.0.1
			for=1.1.1.1;x=", for=203.0.113.7 | 203.0.113.7
			for=203.0.113.7;host="x, for=1.1.1.1;a=\\"" | 10.0.0.1
			for="203.0.113.7 | 10.0.0.1
			203.0.113.7 | 10.0.0.1
			""")
	void readsForwardedToTheLetter(String header, String client) {
		assertThat(this.standard.of("10.0.0.1", (name) -> List.of(header))).isEqualTo(client);
	}

	@Test
	void readsLinesFromTheLast() {
		assertThat(this.plain.of("10.0.0.1", (name) -> List.of("1.1.1.1", "203.0.113.7", "10.0.0.2")))
			.isEqualTo("203.0.113.7");
	}

	@Test
	void oneWhoIsNotBehindProxyCannotChooseBucket() {
		Random random = random();
		Set<String> buckets = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			List<String> lines = lines(random);
			buckets.add(this.plain.of("203.0.113.7", (name) -> lines));
			buckets.add(this.standard.of("203.0.113.7", (name) -> lines));
		}
		assertThat(buckets).containsExactly("203.0.113.7");
	}

	@Test
	void oneWhoIsBehindProxyCannotChooseBucket() {
		Random random = random();
		Set<String> buckets = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			List<String> lines = lines(random);
			boolean joined = !lines.isEmpty() && random.nextBoolean();
			buckets.add(this.plain.of("10.0.0.1", (name) -> appended(lines, joined, "203.0.113.7")));
			buckets.add(this.standard.of("10.0.0.1", (name) -> appended(lines, joined, "for=203.0.113.7")));
		}
		assertThat(buckets).containsExactly("203.0.113.7");
	}

	@Test
	void warnsOnceOfHeaderWithoutTrustedProxies(CapturedOutput output) {
		ClientAddresses none = new ClientAddresses(new ClientIpProperties(List.of(), "x-forwarded-for", 64));
		assertThat(none.of("10.0.0.1", (name) -> List.of())).isEqualTo("10.0.0.1");
		assertThat(output).doesNotContain("trusted-proxies");
		for (int i = 0; i < 3; i++) {
			assertThat(none.of("10.0.0.1", (name) -> List.of("1.1.1.1"))).isEqualTo("10.0.0.1");
		}
		assertThat(output).containsOnlyOnce("Name your proxies in 'redis.rate-limit.client-ip.trusted-proxies'");
	}

	@Test
	void refusesConnectionWithoutAddress() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.plain.of(null, (name) -> List.of()))
			.withMessageContaining("Limit by another key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0/0", "::/0", "10.0.0.1/8", "proxy.example.org", "" })
	void refusesProxiesThatAreNone(String proxy) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ClientIpProperties(List.of("10.0.0.0/8", proxy), "x-forwarded-for", 64))
			.withMessageStartingWith("'trusted-proxies[1]' must");
	}

	@Test
	void refusesHeaderAndPrefixThatAreNone() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ClientIpProperties(List.of(), "x forwarded", 64));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ClientIpProperties(List.of(), "forwarded", 129));
	}

	private static List<String> appended(List<String> lines, boolean joined, String hop) {
		List<String> all = new ArrayList<>(lines);
		if (joined) {
			all.add(all.remove(all.size() - 1) + ", " + hop);
		}
		else {
			all.add(hop);
		}
		return all;
	}

	private static List<String> lines(Random random) {
		List<String> lines = new ArrayList<>();
		String[] words = { "for=", "1.1.1.1", "10.0.0.1", ",", ";", "\"", "\\", "[", "]", ":", "::1", "by=", " ", "%",
				"unknown", "=", "2001:db8::1", "_x", "\t", ":80", "é" };
		for (int line = random.nextInt(3); line > 0; line--) {
			StringBuilder text = new StringBuilder();
			for (int word = random.nextInt(12); word > 0; word--) {
				text.append(words[random.nextInt(words.length)]);
			}
			lines.add(text.toString());
		}
		return lines;
	}

	private static Random random() {
		long seed = System.nanoTime();
		System.out.println("seed of headers: " + seed);
		return new Random(seed);
	}

}
