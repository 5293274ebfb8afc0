package io.redispatterns.test;

import java.util.List;

import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointTests {

	private final Endpoint plain = new Endpoint(false);

	private final Endpoint proxied = new Endpoint(true);

	@AfterEach
	void close() {
		this.plain.close();
		this.proxied.close();
	}

	@Test
	void letsArgumentsOfTestPrevail() {
		assertThat(this.plain.arguments(List.of("--save", "1 1")))
			.containsSubsequence("redis.conf", "--port", String.valueOf(this.plain.port()), "--save", "", "--save",
					"1 1")
			.doesNotContain("--masterauth", "--cluster-announce-port");
	}

	@Test
	void givesPasswordToReplicas() {
		assertThat(this.plain.arguments(List.of("--requirepass", "secret"))).containsSubsequence("--masterauth",
				"secret", "--requirepass", "secret");
	}

	@Test
	void announcesProxyWhenProxied() {
		String port = String.valueOf(this.proxied.proxy().port());
		assertThat(this.proxied.announcedPort()).isEqualTo(this.proxied.proxy().port())
			.isNotEqualTo(this.proxied.port());
		assertThat(this.proxied.arguments(List.of())).containsSubsequence("--replica-announce-port", port,
				"--cluster-announce-port", port);
		assertThat(this.plain.announcedPort()).isEqualTo(this.plain.port());
	}

	@Test
	void keepsOnlyAnnouncedProxyForTheNextTest() {
		FaultProxy announced = this.proxied.proxy();
		FaultProxy own = this.plain.proxy();
		this.proxied.renew();
		this.plain.renew();
		assertThat(this.proxied.proxy()).isSameAs(announced);
		assertThat(this.plain.proxy()).isNotSameAs(own).isSameAs(this.plain.proxy());
	}

}
