package io.redispatterns.test;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

import io.redispatterns.test.TopologyPool.Loan;
import io.redispatterns.test.TopologyPool.Request;
import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopologyPoolIntegrationTests {

	private final TopologyPool pool = new TopologyPool();

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void lendsServerToOneTestAtATime() {
		assertThat(borrow().topology()).isNotSameAs(borrow().topology());
	}

	@Test
	void lendsServerAgainWithoutTracesOfItsUse() {
		StandaloneRedis redis = use((server) -> {
			server.command("SET", "key", "value");
			server.command("SCRIPT", "LOAD", "return 1");
		});
		assertThat(borrow().topology()).isSameAs(redis);
		assertThat(redis.command("DBSIZE")).isEqualTo(0L);
		assertThat(redis.server().info("memory")).containsEntry("number_of_cached_scripts", "0");
		assertThat(redis.commandStats()).doesNotContainKey("set");
	}

	@Test
	void closesProxiesOfServerThatIsGivenBack() {
		FaultProxy[] proxy = new FaultProxy[1];
		use((server) -> proxy[0] = server.proxy());
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> new RespClient(proxy[0].host(), proxy[0].port(), "").call("PING"));
	}

	@Test
	void endsServerThatWasHurt() {
		assertIsEnded(use((server) -> server.server().restart()));
		assertIsEnded(use((server) -> server.server().kill()));
		assertIsEnded(use((server) -> server.server().freeze()));
	}

	@Test
	void endsServerThatWasReconfigured() {
		assertIsEnded(use((server) -> server.command("CONFIG", "SET", "maxmemory", "1mb")));
		assertIsEnded(use((server) -> server.command("ACL", "SETUSER", "guest", "on")));
		assertIsEnded(use((server) -> server.command("REPLICAOF", "127.0.0.1", "1")));
	}

	@Test
	void lendsClusterAgainUnlessItsSlotsMoved() {
		ClusterRedis first;
		try (Loan loan = this.pool.borrow(new Request(ClusterRedis.class, List.of(), false))) {
			first = (ClusterRedis) loan.topology();
			first.masterOf("key").command("SET", "key", "value");
		}
		try (Loan loan = this.pool.borrow(new Request(ClusterRedis.class, List.of(), false))) {
			assertThat(loan.topology()).isSameAs(first);
			assertThat(first.masterOf("key").command("GET", "key")).isNull();
			first.masters().get(0).command("CLUSTER", "DELSLOTS", "0");
		}
		assertThat(first.processes()).noneMatch(RedisProcess::isRunning);
	}

	private Loan borrow() {
		return this.pool.borrow(new Request(StandaloneRedis.class, List.of(), false));
	}

	private StandaloneRedis use(Consumer<StandaloneRedis> test) {
		try (Loan loan = borrow()) {
			StandaloneRedis redis = (StandaloneRedis) loan.topology();
			test.accept(redis);
			return redis;
		}
	}

	private static void assertIsEnded(StandaloneRedis redis) {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> redis.command("PING"));
	}

}
