package io.redispatterns.redis.resilience;

import java.time.Duration;

import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on what a slow or absent server may cost a caller.
 *
 * @param enabled Whether a guard stands between the patterns and Redis.
 * @param commandTimeout Longest wait of a caller for the reply to one command, a
 * connection that is to be made first included.
 * @param connectTimeout How long callers wait for an attempt to connect; while it takes
 * longer they are refused at once.
 * @param downAfter Length of an outage after which health is DOWN instead of DEGRADED;
 * never when not set.
 * @param breaker When commands are refused although there is a connection.
 * @param probe How a server that does not answer is noticed.
 */
@ConfigurationProperties("redis.resilience")
public record ResilienceProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("250ms") Duration commandTimeout, @DefaultValue("500ms") Duration connectTimeout,
		@Nullable Duration downAfter, @DefaultValue Breaker breaker, @DefaultValue Probe probe) {

	public ResilienceProperties {
		InvalidSettingException.requirePositive("command-timeout", commandTimeout);
		InvalidSettingException.requirePositive("connect-timeout", connectTimeout);
		InvalidSettingException.requirePositive("down-after", downAfter);
	}

	/**
	 * When commands are refused although there is a connection.
	 *
	 * @param failures Number of timeouts or slow replies, less the good ones between,
	 * that opens the breaker.
	 * @param slowCall Duration from which a reply is slow.
	 */
	public record Breaker(@DefaultValue("5") int failures, @DefaultValue("100ms") Duration slowCall) {

		public Breaker {
			if (failures < 1) {
				throw new InvalidSettingException("breaker.failures", failures, "be greater than zero",
						"Set a number such as '5'.");
			}
			InvalidSettingException.requirePositive("breaker.slow-call", slowCall);
		}

	}

	/**
	 * How a server that does not answer is noticed.
	 *
	 * @param interval Time between two looks at a server, and two probes of one in doubt.
	 * @param timeout Time without an answer to a probe after which the connection is
	 * closed and made again.
	 */
	public record Probe(@DefaultValue("100ms") Duration interval, @DefaultValue("500ms") Duration timeout) {

		public Probe {
			InvalidSettingException.requirePositive("probe.interval", interval);
			InvalidSettingException.requirePositive("probe.timeout", timeout);
		}

	}

}
