package io.redispatterns.test.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy.Direction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class FaultProxyIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private FaultProxy proxy;

	private Client client;

	@BeforeEach
	void connect() throws IOException {
		this.proxy = redis.server().newProxy();
		this.client = Client.connect(this.proxy);
		assertThat(this.client.call("PING")).isEqualTo("+PONG");
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.proxy.close();
	}

	@Test
	void countsConnectionsUntilTheyEnd() throws IOException {
		try (Client other = Client.connect(this.proxy)) {
			other.subscribe();
			assertThat(this.proxy.connections()).isEqualTo(2);
			assertThat(this.proxy.subscribers()).isEqualTo(1);
		}
		await().until(() -> this.proxy.connections() == 1);
		assertThat(this.proxy.subscribers()).isZero();
	}

	@Test
	void delaysRepliesTogetherAndNotOneAfterAnother() throws IOException {
		this.proxy.latency(Duration.ofMillis(200), Duration.ofMillis(10));
		long start = System.nanoTime();
		for (int i = 1; i <= 5; i++) {
			String count = String.valueOf(i);
			this.client.send("INCR delayed");
			await().pollDelay(Duration.ZERO).until(() -> count.equals(redis.command("GET", "delayed")));
		}
		for (int i = 1; i <= 5; i++) {
			assertThat(this.client.read()).isEqualTo(":" + i);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(190),
				Duration.ofMillis(900));
	}

	@Test
	void losesNothingForGoodWhenPacketsAreLost() throws IOException {
		this.proxy.loss(0.5, 1);
		long start = System.nanoTime();
		for (int i = 1; i <= 3; i++) {
			assertThat(this.client.call("INCR lossy")).isEqualTo(":" + i);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
	}

	@Test
	void holdsRequestsBackUntilHealed() throws IOException {
		this.proxy.stopReading();
		this.client.send("INCR held");
		this.client.expectSilence();
		assertThat(redis.command("GET", "held")).isNull();
		this.proxy.heal();
		assertThat(this.client.read()).isEqualTo(":1");
	}

	@Test
	void losesRepliesButNotRequestsWhenHalfOpen() throws IOException {
		this.proxy.swallow(Direction.TO_CLIENT);
		this.client.send("INCR half");
		this.client.expectSilence();
		assertThat(redis.command("GET", "half")).isEqualTo("1");
		this.proxy.heal();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.read())
			.withMessageContaining("reset");
	}

	@Test
	void resetsPresentConnectionsOnly() throws IOException {
		this.proxy.reset();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.read())
			.withMessageContaining("reset");
		try (Client next = Client.connect(this.proxy)) {
			assertThat(next.call("PING")).isEqualTo("+PONG");
		}
	}

	@Test
	void refusesNewConnectionsUntilHealed() throws IOException {
		this.proxy.refuse();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> Client.connect(this.proxy));
		assertThat(this.client.call("PING")).isEqualTo("+PONG");
		this.proxy.heal();
		try (Client next = Client.connect(this.proxy)) {
			assertThat(next.call("PING")).isEqualTo("+PONG");
		}
	}

	@Test
	void cutsSubscribersOnly() throws IOException {
		try (Client subscriber = Client.connect(this.proxy)) {
			subscriber.subscribe();
			this.proxy.cutSubscribers();
			await().until(() -> this.proxy.connections() == 1);
			assertThat(this.client.call("PING")).isEqualTo("+PONG");
		}
	}

	@Test
	void killsPresentFlowsWithoutSign() throws IOException {
		this.proxy.deadFlow();
		this.client.send("INCR dead");
		this.client.expectSilence();
		try (Client next = Client.connect(this.proxy)) {
			assertThat(next.call("GET dead")).isEqualTo("$-1");
		}
		assertThat(this.proxy.connections()).isGreaterThanOrEqualTo(1);
	}

	@Test
	void keepsDeadFlowOpenWhenServerGoes(@Redis({ "--maxclients", "50" }) StandaloneRedis mortal) throws IOException {
		FaultProxy front = mortal.proxy();
		try (Client dead = Client.connect(front)) {
			assertThat(dead.call("PING")).isEqualTo("+PONG");
			front.deadFlow();
			mortal.server().kill();
			dead.expectSilence();
		}
	}

	@Test
	void showsDeathOfServerAtOnce(@Redis({ "--maxclients", "51" }) StandaloneRedis mortal) throws IOException {
		FaultProxy front = mortal.proxy();
		try (Client first = Client.connect(front)) {
			assertThat(first.call("PING")).isEqualTo("+PONG");
			mortal.server().kill();
			assertThat(first.read()).isEmpty();
			mortal.server().restart();
		}
		try (Client second = Client.connect(front)) {
			assertThat(second.call("PING")).isEqualTo("+PONG");
		}
	}

}
