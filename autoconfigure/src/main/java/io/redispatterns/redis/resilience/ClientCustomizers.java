package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.resource.Delay;
import io.redispatterns.redis.tls.RenewedManagers;
import io.redispatterns.redis.tls.ServerTls;
import redis.clients.jedis.Jedis;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.JedisClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Options of the client that the guard stands on. A property or a customizer of the
 * application wins: its customizers run after these.
 */
final class ClientCustomizers {

	private ClientCustomizers() {
	}

	/**
	 * Options of Lettuce.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisClient.class)
	@ConditionalOnBooleanProperty(name = "redis.resilience.enabled", matchIfMissing = true)
	static class OfLettuce {

		private static final Duration SHORTEST_RECONNECT = Duration.ofMillis(1);

		private static final Duration LONGEST_RECONNECT = Duration.ofMillis(200);

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		ClientResourcesBuilderCustomizer redisResilienceClientResourcesCustomizer() {
			return (resources) -> resources
				.reconnectDelay(Delay.equalJitter(SHORTEST_RECONNECT, LONGEST_RECONNECT, 1, TimeUnit.MILLISECONDS));
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		LettuceClientOptionsBuilderCustomizer redisResilienceClientOptionsCustomizer(ResilienceProperties properties,
				DataRedisProperties client) {
			return (options) -> {
				options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS).replayFilter((command) -> true);
				if (client.getConnectTimeout() == null) {
					options.socketOptions(SocketOptions.builder()
						.connectTimeout(properties.connectTimeout())
						.keepAlive(true)
						.build());
				}
			};
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		LettuceClientOptionsBuilderCustomizer redisRenewedCertificatesCustomizer(
				ObjectProvider<DataRedisConnectionDetails> connection) {
			return (options) -> connection.ifAvailable((details) -> {
				if (details.getSslBundle() != null) {
					SslOptions ssl = options.build().getSslOptions();
					options.sslOptions(ssl.mutate()
						.keyManager(RenewedManagers.keys(details))
						.trustManager(RenewedManagers.trust(details))
						.build());
				}
			});
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		LettuceClientConfigurationBuilderCustomizer redisResilienceLettuceCustomizer(ResilienceProperties properties,
				DataRedisProperties client) {
			return (configuration) -> {
				if (client.getTimeout() == null) {
					configuration.commandTimeout(properties.connectTimeout());
				}
			};
		}

	}

	/**
	 * Options of Jedis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Jedis.class)
	@ConditionalOnBooleanProperty(name = "redis.resilience.enabled", matchIfMissing = true)
	static class OfJedis {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		JedisClientConfigurationBuilderCustomizer redisResilienceJedisCustomizer(ResilienceProperties properties,
				DataRedisProperties client) {
			return (configuration) -> {
				if (client.getConnectTimeout() == null) {
					configuration.connectTimeout(properties.connectTimeout());
				}
				if (client.getTimeout() == null) {
					configuration.readTimeout(properties.probe().timeout());
				}
			};
		}

		/**
		 * Jedis itself takes the certificate of any host.
		 */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		JedisClientConfigurationBuilderCustomizer redisVerifiedHostCustomizer(
				ObjectProvider<DataRedisConnectionDetails> connection, DataRedisProperties client) {
			return (configuration) -> connection.ifAvailable((details) -> {
				ServerTls tls = ServerTls.of(details, client);
				if (tls.isUsed()) {
					configuration.useSsl().sslParameters(tls.parameters());
				}
			});
		}

	}

}
