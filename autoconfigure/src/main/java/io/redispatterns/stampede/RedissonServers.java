package io.redispatterns.stampede;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.redispatterns.redis.resilience.ResilienceProperties;
import io.redispatterns.redis.tls.RenewedManagers;
import io.redispatterns.redis.tls.ServerTls;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SubscriptionMode;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * What Redisson is told of the servers to which the application is connected.
 */
final class RedissonServers {

	private static final int CONNECTIONS = 2;

	private static final int CHANNELS_PER_CONNECTION = 10_000;

	private static final Duration PING = Duration.ofSeconds(1);

	/**
	 * Longer than until the next ping is due, which closes the connection without a word
	 * where the one before has no answer. One that has timed out is logged as an error.
	 */
	private static final Duration LONGEST_REPLY = PING.multipliedBy(3).dividedBy(2);

	private static final Duration SHORTEST_RECONNECT = Duration.ofMillis(10);

	private static final Duration LONGEST_RECONNECT = Duration.ofMillis(500);

	private final DataRedisConnectionDetails details;

	private final ResilienceProperties resilience;

	private final ServerTls tls;

	private final Config config = new Config();

	private RedissonServers(DataRedisConnectionDetails details, ResilienceProperties resilience, ServerTls tls) {
		this.details = details;
		this.resilience = resilience;
		this.tls = tls;
	}

	/**
	 * Configure a client for locks and nothing else.
	 * @param details where the servers are
	 * @param tls how they are talked to
	 * @param resilience how long they may take
	 * @param lease how long a lock lasts that is not renewed
	 */
	static Config of(DataRedisConnectionDetails details, ServerTls tls, ResilienceProperties resilience,
			Duration lease) {
		RedissonServers servers = new RedissonServers(details, resilience, tls);
		servers.config.setCodec(ByteArrayCodec.INSTANCE)
			.setThreads(2)
			.setNettyThreads(2)
			.setCheckLockSyncedSlaves(false)
			.setLockWatchdogTimeout(lease.toMillis())
			.setUsername(details.getUsername())
			.setPassword(details.getPassword())
			.setReferenceEnabled(false);
		servers.useServers();
		servers.useSsl();
		return servers.config;
	}

	private void useServers() {
		DataRedisConnectionDetails.Cluster cluster = this.details.getCluster();
		DataRedisConnectionDetails.Sentinel sentinel = this.details.getSentinel();
		DataRedisConnectionDetails.MasterReplica masterReplica = this.details.getMasterReplica();
		if (sentinel != null) {
			SentinelServersConfig servers = small(this.config.useSentinelServers()).setCheckSentinelsList(false)
				.setMasterName(sentinel.getMaster())
				.setDatabase(sentinel.getDatabase())
				.setSentinelUsername(sentinel.getUsername())
				.setSentinelPassword(sentinel.getPassword());
			servers.setSentinelAddresses(addresses(sentinel.getNodes()));
		}
		else if (cluster != null) {
			small(this.config.useClusterServers()).setCheckSlotsCoverage(false)
				.setNodeAddresses(addresses(cluster.getNodes()));
		}
		else if (masterReplica != null) {
			small(this.config.useReplicatedServers()).setNodeAddresses(addresses(masterReplica.getNodes()));
		}
		else {
			useServer(Objects.requireNonNull(this.details.getStandalone(), "The connection details name no server"));
		}
	}

	private void useServer(DataRedisConnectionDetails.Standalone standalone) {
		SingleServerConfig server = impatient(this.config.useSingleServer());
		server.setAddress(address(standalone.getHost(), standalone.getPort()))
			.setDatabase(standalone.getDatabase())
			.setConnectionPoolSize(CONNECTIONS)
			.setConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionPoolSize(1)
			.setSubscriptionConnectionMinimumIdleSize(0);
	}

	private <T extends BaseMasterSlaveServersConfig<T>> T small(T servers) {
		return impatient(servers).setReadMode(ReadMode.MASTER)
			.setSubscriptionMode(SubscriptionMode.MASTER)
			.setMasterConnectionPoolSize(CONNECTIONS)
			.setMasterConnectionMinimumIdleSize(1)
			.setSlaveConnectionPoolSize(1)
			.setSlaveConnectionMinimumIdleSize(0)
			.setSubscriptionConnectionPoolSize(1)
			.setSubscriptionConnectionMinimumIdleSize(0);
	}

	private <T extends BaseConfig<T>> T impatient(T servers) {
		long timeout = Math.max(this.resilience.commandTimeout().toMillis(), LONGEST_REPLY.toMillis());
		return servers.setTimeout((int) timeout)
			.setConnectTimeout((int) this.resilience.connectTimeout().toMillis())
			.setRetryAttempts(0)
			.setReconnectionDelay(new EqualJitterDelay(SHORTEST_RECONNECT, LONGEST_RECONNECT))
			.setPingConnectionInterval((int) PING.toMillis())
			.setSubscriptionsPerConnection(CHANNELS_PER_CONNECTION);
	}

	private void useSsl() {
		SslBundle bundle = this.tls.bundle();
		if (bundle != null) {
			SslOptions options = bundle.getOptions();
			this.config.setSslTrustManagerFactory(RenewedManagers.trust(this.details))
				.setSslKeyManagerFactory(RenewedManagers.keys(this.details))
				.setSslProtocols(options.getEnabledProtocols())
				.setSslCiphers(options.getCiphers());
		}
	}

	private List<String> addresses(List<Node> nodes) {
		return nodes.stream().map((node) -> address(node.host(), node.port())).toList();
	}

	private String address(String host, int port) {
		String scheme = this.tls.isUsed() ? "rediss" : "redis";
		return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
	}

}
