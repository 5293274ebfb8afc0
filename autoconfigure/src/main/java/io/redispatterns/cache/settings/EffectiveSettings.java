package io.redispatterns.cache.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.redispatterns.cache.entry.Lifetime.Staleness;
import io.redispatterns.cache.fence.Policy;
import io.redispatterns.cache.load.Loads.Timeouts;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.settings.CachingProperties.FenceFailure;
import io.redispatterns.cache.settings.CachingProperties.LoadTimeout;
import io.redispatterns.cache.settings.CachingProperties.Near;
import io.redispatterns.cache.settings.CachingProperties.Refresh;
import io.redispatterns.cache.settings.CachingProperties.Settings;
import io.redispatterns.cache.settings.CachingProperties.Transaction;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one cache after inheritance.
 */
public record EffectiveSettings(Duration timeToLive, double jitter, Duration nullTimeToLive, String codec,
		List<Class<?>> types, DataSize compressAbove, DataSize maxValueSize, List<String> tags,
		@Nullable String version, Transaction transaction, FenceFailure onFenceFailure, Duration outageTimeToLive,
		int loadConcurrency, Staleness staleness, Timeouts loadTimeouts, Refresh refresh,
		NearCache.@Nullable Settings near) {

	/**
	 * The settings with what is built in where they are not set.
	 */
	static EffectiveSettings of(Settings set) {
		return new EffectiveSettings(orElse(set.timeToLive(), Duration.ofMinutes(10)), orElse(set.jitter(), 0.1),
				orElse(set.nullTimeToLive(), Duration.ofMinutes(1)), orElse(set.codec(), "json"), types(set),
				orElse(set.compressAbove(), DataSize.ofKilobytes(8)),
				orElse(set.maxValueSize(), DataSize.ofMegabytes(1)), orElse(set.tags(), List.of()), set.version(),
				orElse(set.transaction(), Transaction.FENCE), orElse(set.onFenceFailure(), FenceFailure.PROCEED),
				orElse(set.outageTimeToLive(), Duration.ofSeconds(1)), orElse(set.loadConcurrency(), 64),
				new Staleness(orElse(set.staleWhileRevalidate(), Duration.ZERO),
						orElse(set.staleIfError(), Duration.ZERO), orElse(set.earlyRefresh(), 1.0)),
				timeouts(set.loadTimeout()), orElse(set.refresh(), Refresh.BACKGROUND), near(set));
	}

	/**
	 * What is kept near, {@code null} for nothing.
	 */
	private static NearCache.@Nullable Settings near(Settings set) {
		Near near = set.near();
		if (near == null) {
			return null;
		}
		boolean hotOnly = !Boolean.TRUE.equals(near.enabled());
		int size = hotOnly ? orElse(near.hotKeys(), 0) : orElse(near.maxSize(), 10_000);
		return (size > 0) ? new NearCache.Settings(size, orElse(near.timeToLive(), Duration.ofDays(1000)), hotOnly)
				: null;
	}

	private static Timeouts timeouts(@Nullable LoadTimeout set) {
		return (set != null) ? new Timeouts(set.soft(), set.hard()) : new Timeouts(null, null);
	}

	/**
	 * The settings by the last part of their keys, as one would write them.
	 */
	public Map<String, Object> described() {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("time-to-live", text(this.timeToLive));
		all.put("jitter", this.jitter);
		all.put("null-time-to-live", text(this.nullTimeToLive));
		all.put("codec", this.codec);
		this.types.forEach((type) -> all.put("type", type.getName()));
		all.put("compress-above", this.compressAbove.toString());
		all.put("max-value-size", this.maxValueSize.toString());
		all.put("tags", this.tags);
		all.put("version", String.valueOf(this.version));
		all.put("transaction", text(this.transaction));
		all.put("on-fence-failure", text(this.onFenceFailure));
		all.put("outage-time-to-live", text(this.outageTimeToLive));
		all.put("load-concurrency", this.loadConcurrency);
		all.put("stale-while-revalidate", text(this.staleness.whileRevalidate()));
		all.put("stale-if-error", text(this.staleness.ifError()));
		all.put("early-refresh", this.staleness.earlyRefresh());
		all.put("load-timeout.soft", text(this.loadTimeouts.soft()));
		all.put("load-timeout.hard", text(this.loadTimeouts.hard()));
		all.put("refresh", text(this.refresh));
		all.put("near.enabled", this.near != null && !this.near.hotOnly());
		all.put("near.hot-keys", (this.near != null && this.near.hotOnly()) ? this.near.maxSize() : 0);
		return all;
	}

	private static String text(@Nullable Duration duration) {
		return (duration != null) ? DurationFormatterUtils.print(duration, DurationFormat.Style.COMPOSITE) : "none";
	}

	private static String text(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What is done before the commit of a transaction.
	 */
	public Policy policy() {
		if (this.transaction != Transaction.FENCE) {
			return Policy.NO_FENCE;
		}
		return (this.onFenceFailure == FenceFailure.FAIL) ? Policy.FENCE_OR_FAIL : Policy.FENCE_OR_PROCEED;
	}

	private static List<Class<?>> types(Settings set) {
		Class<?> type = set.type();
		return (type != null) ? List.of(type) : List.of();
	}

	private static <T> T orElse(@Nullable T own, T builtIn) {
		return (own != null) ? own : builtIn;
	}

}
