package io.redispatterns.cache.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the caches behind Spring's cache abstraction.
 *
 * @param enabled Whether caches are kept in Redis by this starter.
 * @param defaults Settings of every cache.
 * @param caches Settings of single caches by name, each before the defaults.
 */
@ConfigurationProperties("redis.cache")
public record CachingProperties(@DefaultValue("true") boolean enabled, @DefaultValue Settings defaults,
		@DefaultValue Map<String, Settings> caches) {

	/**
	 * The same with another lifetime where the defaults have none.
	 */
	public CachingProperties withDefaultTimeToLive(@Nullable Duration timeToLive) {
		InvalidSettingException.requirePositive("spring.cache.redis.time-to-live", timeToLive);
		Settings fallback = new Settings(timeToLive, null, null, null, null, null, null, null, null, null, null, null,
				null, null, null, null, null, null, null);
		return new CachingProperties(this.enabled, this.defaults.or(fallback), this.caches);
	}

	/**
	 * The settings in force for a cache.
	 * @param cache name of the cache
	 * @return settings without a gap
	 */
	public EffectiveSettings effective(String cache) {
		Settings own = this.caches.get(cache);
		return EffectiveSettings.of((own != null) ? own.or(this.defaults) : this.defaults);
	}

	/**
	 * The full key that a setting of a cache comes from.
	 * @param cache name of the cache
	 * @param setting the last part of the key
	 * @param value reads the setting
	 * @return the key of the cache's own setting, or of the default
	 */
	public String origin(String cache, String setting, Function<Settings, @Nullable Object> value) {
		Settings own = this.caches.get(cache);
		if (own == null || value.apply(own) == null) {
			return "redis.cache.defaults." + setting;
		}
		String name = cache.matches("[a-z0-9-]+") ? "." + cache : "[" + cache + "]";
		return "redis.cache.caches" + name + "." + setting;
	}

	/**
	 * Settings of one cache; what is not set is inherited.
	 *
	 * @param timeToLive Lifetime of an entry.
	 * @param jitter Largest part of the lifetime, from 0 to 1, by which an entry dies
	 * earlier, so that entries made together do not die together.
	 * @param nullTimeToLive Lifetime of a cached null.
	 * @param codec How values become bytes: json, or the name of a ValueCodec bean.
	 * @param type Class of the values, where it cannot be told from annotated methods.
	 * @param compressAbove Size from which values are compressed.
	 * @param maxValueSize Largest size of a stored value.
	 * @param tags Expressions that are evaluated on each value and give its tags.
	 * @param version Expression that is evaluated on each value and gives its version, a
	 * whole number or a point in time: an older one does not replace a newer one. Without
	 * an expression, what the class of the value has annotated as its Version.
	 * @param transaction When puts and evictions of a transaction take effect.
	 * @param onFenceFailure What becomes of a transaction whose puts and evictions cannot
	 * be fenced.
	 * @param outageTimeToLive How long a value that was loaded while Redis is away serves
	 * this node; 0 loads for each caller.
	 * @param loadConcurrency How many loaders run at once on one node, others wait; 0 for
	 * no limit.
	 * @param staleWhileRevalidate How long an expired value serves while it is loaded
	 * again in the background.
	 * @param staleIfError How long an expired value serves when its load fails.
	 * @param earlyRefresh How early a value is loaded again in the background, as a
	 * multiple of the duration of its load; 0 for never.
	 * @param loadTimeout How long callers wait for a load, which goes on when they do
	 * not.
	 * @param refresh Where a value is loaded again that serves meanwhile.
	 * @param near What this node keeps, to serve it without a call to Redis.
	 */
	public record Settings(@Nullable Duration timeToLive, @Nullable Double jitter, @Nullable Duration nullTimeToLive,
			@Nullable String codec, @Nullable Class<?> type, @Nullable DataSize compressAbove,
			@Nullable DataSize maxValueSize, @Nullable List<String> tags, @Nullable String version,
			@Nullable Transaction transaction, @Nullable FenceFailure onFenceFailure,
			@Nullable Duration outageTimeToLive, @Nullable Integer loadConcurrency,
			@Nullable Duration staleWhileRevalidate, @Nullable Duration staleIfError, @Nullable Double earlyRefresh,
			@Nullable LoadTimeout loadTimeout, @Nullable Refresh refresh, @Nullable Near near) {

		public Settings {
			InvalidSettingException.requirePositive("time-to-live", timeToLive);
			InvalidSettingException.requirePositive("null-time-to-live", nullTimeToLive);
			InvalidSettingException.requireBetween("jitter", jitter, 0, 1,
					"Set the part of the time-to-live that may be cut off, such as '0.1'.");
			if (maxValueSize != null && maxValueSize.toBytes() <= 0) {
				throw new InvalidSettingException("max-value-size", maxValueSize, "be greater than zero",
						"Set a size such as '1MB'.");
			}
			if (compressAbove != null && compressAbove.isNegative()) {
				throw new InvalidSettingException("compress-above", compressAbove, "not be negative",
						"Set a size such as '8KB', or '0' to compress nothing.");
			}
			InvalidSettingException.requireNotNegative("outage-time-to-live", outageTimeToLive,
					"or '0' to load for each caller");
			InvalidSettingException.requireNotNegative("stale-while-revalidate", staleWhileRevalidate,
					"or '0' to serve no expired value");
			InvalidSettingException.requireNotNegative("stale-if-error", staleIfError,
					"or '0' to serve no expired value");
			InvalidSettingException.requireBetween("early-refresh", earlyRefresh, 0, 100,
					"Set '1' as is usual, more to begin earlier, or '0' for never.");
			if (loadTimeout != null && refresh == Refresh.CALLER) {
				throw new InvalidSettingException("load-timeout", loadTimeout, "not be set with 'refresh' 'caller'",
						"A load on the thread of its caller cannot be given up: remove one of the two.");
			}
			if (loadConcurrency != null && loadConcurrency < 0) {
				throw new InvalidSettingException("load-concurrency", loadConcurrency, "not be negative",
						"Set a number such as '64', or '0' for no limit.");
			}
		}

		Settings or(Settings other) {
			return new Settings(or(this.timeToLive, other.timeToLive), or(this.jitter, other.jitter),
					or(this.nullTimeToLive, other.nullTimeToLive), or(this.codec, other.codec),
					or(this.type, other.type), or(this.compressAbove, other.compressAbove),
					or(this.maxValueSize, other.maxValueSize), or(this.tags, other.tags),
					or(this.version, other.version), or(this.transaction, other.transaction),
					or(this.onFenceFailure, other.onFenceFailure), or(this.outageTimeToLive, other.outageTimeToLive),
					or(this.loadConcurrency, other.loadConcurrency),
					or(this.staleWhileRevalidate, other.staleWhileRevalidate),
					or(this.staleIfError, other.staleIfError), or(this.earlyRefresh, other.earlyRefresh),
					or(this.loadTimeout, other.loadTimeout), or(this.refresh, other.refresh),
					Near.or(this.near, other.near));
		}

		private static <T> @Nullable T or(@Nullable T own, @Nullable T inherited) {
			return (own != null) ? own : inherited;
		}

	}

	/**
	 * When puts, evictions and clears that are made inside a transaction take effect.
	 */
	public enum Transaction {

		/**
		 * With the commit: nobody reads or stores an old value from before it on, even
		 * when the node is killed in between.
		 */
		FENCE,

		/** After the commit, and never after a rollback. */
		AFTER_COMMIT,

		/** At once. */
		NONE

	}

	/**
	 * How long callers wait for a load.
	 *
	 * @param soft Longest wait of a caller who can have an expired value instead.
	 * @param hard Longest wait of any other caller, who gets an exception then.
	 */
	public record LoadTimeout(@Nullable Duration soft, @Nullable Duration hard) {

		public LoadTimeout {
			InvalidSettingException.requirePositive("load-timeout.soft", soft);
			InvalidSettingException.requirePositive("load-timeout.hard", hard);
		}

	}

	/**
	 * What this node keeps, to serve it without a call to Redis.
	 *
	 * @param enabled Whether it keeps anything.
	 * @param maxSize How many entries it keeps.
	 * @param hotKeys How many keys it keeps because they are read most, where it is not
	 * enabled for all; 0 for none.
	 * @param timeToLive Longest time that it keeps an entry; else as long as the entry
	 * lives.
	 */
	public record Near(@Nullable Boolean enabled, @Nullable Integer maxSize, @Nullable Integer hotKeys,
			@Nullable Duration timeToLive) {

		public Near {
			InvalidSettingException.requirePositive("near.time-to-live", timeToLive);
			if (maxSize != null && maxSize < 1) {
				throw new InvalidSettingException("near.max-size", maxSize, "be greater than zero",
						"Set a number such as '10000', or 'near.enabled' to 'false'.");
			}
			InvalidSettingException.requireBetween("near.hot-keys", hotKeys, 0, 1000,
					"Set a number such as '100', '0' for none, or 'near.enabled' to 'true' for all keys.");
		}

		static @Nullable Near or(@Nullable Near own, @Nullable Near other) {
			return (own == null || other == null) ? Settings.or(own, other)
					: new Near(Settings.or(own.enabled, other.enabled), Settings.or(own.maxSize, other.maxSize),
							Settings.or(own.hotKeys, other.hotKeys), Settings.or(own.timeToLive, other.timeToLive));
		}

	}

	/**
	 * Where a value is loaded again that serves meanwhile.
	 */
	public enum Refresh {

		/** On a thread of its own, with the caller's context. */
		BACKGROUND,

		/** On the thread of one of the callers, who waits for it. */
		CALLER

	}

	/**
	 * What becomes of a transaction whose puts, evictions and clears cannot be fenced.
	 */
	public enum FenceFailure {

		/**
		 * It is committed. This node does not trust the entries until they are evicted;
		 * others may serve the old values until then.
		 */
		PROCEED,

		/**
		 * It is rolled back with an exception, so that no old value is ever served.
		 */
		FAIL

	}

}
