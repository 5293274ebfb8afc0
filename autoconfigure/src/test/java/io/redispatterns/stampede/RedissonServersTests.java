package io.redispatterns.stampede;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceProperties;
import io.redispatterns.redis.tls.ServerTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RedissonServersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class, ResilienceAutoConfiguration.class));

	@ParameterizedTest
	@MethodSource
	void connectsAsTheApplicationDoes(List<String> properties, Map<String, Object> expected) {
		Config config = config(properties);
		assertThat(config).extracting(expected.keySet().toArray(String[]::new))
			.containsExactlyElementsOf(expected.values());
	}

	static Stream<Arguments> connectsAsTheApplicationDoes() {
		return Stream.of(
				Arguments.of(List.of("url=rediss://shop:secret@redis.example:6380"),
						Map.of("singleServerConfig.address", "rediss://redis.example:6380", "username", "shop",
								"password", "secret")),
				Arguments.of(List.of("host=redis.example", "port=6380", "database=3"),
						Map.of("singleServerConfig.address", "redis://redis.example:6380",
								"singleServerConfig.database", 3)),
				Arguments.of(List.of("host=::1", "username=shop", "password=secret", "ssl.enabled=true"),
						Map.of("singleServerConfig.address", "rediss://[::1]:6379", "username", "shop", "password",
								"secret")),
				Arguments.of(List.of("cluster.nodes=one:7000,two:7001", "password=secret"),
						Map.of("clusterServersConfig.nodeAddresses", List.of("redis://one:7000", "redis://two:7001"),
								"password", "secret")),
				Arguments.of(
						List.of("sentinel.master=shop", "sentinel.nodes=one:26379", "sentinel.password=guarded",
								"database=2"),
						Map.of("sentinelServersConfig.sentinelAddresses", List.of("redis://one:26379"),
								"sentinelServersConfig.masterName", "shop", "sentinelServersConfig.sentinelPassword",
								"guarded", "sentinelServersConfig.database", 2)),
				Arguments.of(List.of("masterreplica.nodes=one:6379,two:6379"), Map
					.of("replicatedServersConfig.nodeAddresses", List.of("redis://one:6379", "redis://two:6379"))));
	}

	@Test
	void isSmallImpatientAndFreeOfKryo() {
		Config config = config(List.of());
		assertThat(config.getCodec()).isInstanceOf(ByteArrayCodec.class);
		assertThat(config.isReferenceEnabled()).isFalse();
		assertThat(config.isCheckLockSyncedSlaves()).isFalse();
		assertThat(config.getLockWatchdogTimeout()).isEqualTo(3000);
		assertThat(config.getThreads() + config.getNettyThreads()).isEqualTo(4);
		assertThat(config)
			.extracting("singleServerConfig.connectionPoolSize", "singleServerConfig.pingConnectionInterval",
					"singleServerConfig.timeout", "singleServerConfig.connectTimeout",
					"singleServerConfig.retryAttempts")
			.containsExactly(2, 1000, 1500, 500, 0);
	}

	private Config config(List<String> properties) {
		Config[] config = new Config[1];
		this.runner
			.withPropertyValues(
					properties.stream().map((property) -> "spring.data.redis." + property).toArray(String[]::new))
			.run((context) -> {
				DataRedisConnectionDetails details = context.getBean(DataRedisConnectionDetails.class);
				ServerTls tls = ServerTls.of(details, context.getBean(DataRedisProperties.class));
				config[0] = RedissonServers.of(details, tls, context.getBean(ResilienceProperties.class),
						Duration.ofSeconds(3));
			});
		return config[0];
	}

}
