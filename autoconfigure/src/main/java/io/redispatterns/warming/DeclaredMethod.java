package io.redispatterns.warming;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.cache.lease.Renewal;
import io.redispatterns.warming.run.Schedule;
import io.redispatterns.warming.run.WarmPlan;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A {@link WarmCache} method of which nothing is known to be right.
 */
final class DeclaredMethod {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private final String bean;

	private final Class<?> type;

	private final Method method;

	private final WarmCache annotation;

	private final Function<String, @Nullable String> placeholders;

	DeclaredMethod(String bean, Class<?> type, Method method, WarmCache annotation,
			Function<String, @Nullable String> placeholders) {
		this.bean = bean;
		this.type = type;
		this.method = method;
		this.annotation = annotation;
		this.placeholders = placeholders;
	}

	/**
	 * Check what was declared.
	 */
	WarmPlan plan(BeanMethod keys, CachedMethods cached, WarmingProperties properties) {
		Class<?> key = key();
		String cache = resolve("cache", this.annotation.cache());
		check(!cache.isEmpty(), "it names no cache", "Name one, as in '@WarmCache(\"albums\")'.");
		String limit = resolve("rate", this.annotation.rate());
		int rate = limit.isEmpty() ? properties.rate() : parse("rate", limit, Integer::valueOf, "100");
		check(rate > 0, "'rate' must be greater than zero but was '%s'".formatted(limit),
				"Set how many entries are read in a second, such as '100'.");
		BeanMethod reader = reader(cache, cached, key);
		WarmPlan.Reader read = (argument) -> reader.call(argument);
		return new WarmPlan(this.bean + "." + this.method.getName(), cache, keys::call,
				this.annotation.refresh() ? renewing(read) : read, schedule(properties.freshFor()), rate);
	}

	private static WarmPlan.Reader renewing(WarmPlan.Reader reader) {
		return (argument) -> Renewal.of(() -> {
			reader.read(argument);
			return Boolean.TRUE;
		});
	}

	/**
	 * The type of the keys.
	 * @return the type, {@code null} when it is not known
	 */
	private @Nullable Class<?> key() {
		check(this.method.getParameterCount() == 0, "it has parameters", "Remove them.");
		check((this.method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0,
				"it is private or static, so that it cannot be called through its bean",
				"Make it a method of the bean that is not private.");
		ResolvableType returned = ResolvableType.forMethodReturnType(this.method, this.type);
		for (Class<?> many : new Class<?>[] { Iterable.class, Stream.class }) {
			if (many.isAssignableFrom(returned.resolve(Object.class))) {
				return returned.as(many).getGeneric(0).resolve();
			}
		}
		throw fail("it returns %s, not keys".formatted(returned),
				"Return a Collection, an Iterable or a Stream of what the @Cacheable method of the cache takes.");
	}

	private BeanMethod reader(String cache, CachedMethods cached, @Nullable Class<?> key) {
		List<BeanMethod> all = cached.of(cache, this.annotation.by(), resolve("method", this.annotation.method()));
		check(!all.isEmpty(), "no bean has such a @Cacheable method with one parameter for cache '%s'".formatted(cache),
				"Give the name of a cache that a @Cacheable method with one parameter fills, and check 'by' and"
						+ " 'method' if they are set.");
		List<BeanMethod> fit = all.stream()
			.filter((each) -> key == null || ClassUtils.isAssignable(each.method().getParameterTypes()[0], key))
			.toList();
		check(!fit.isEmpty(), "its keys are of %s, which %s does not take".formatted(key, named(all)),
				"Return the arguments of that method, or name another by 'by' and 'method'.");
		check(fit.size() == 1, "several methods read cache '%s': %s".formatted(cache, named(fit)),
				"Name one by 'by = ItsClass.class' and, within a class, 'method'.");
		BeanMethod reader = fit.get(0);
		check((reader.method().getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)) == 0,
				"%s is private, static or final, so that its bean does not ask the cache".formatted(reader),
				"Make it a method that can be advised.");
		return reader;
	}

	private static String named(List<BeanMethod> methods) {
		return methods.stream().map(BeanMethod::toString).sorted().collect(Collectors.joining(", "));
	}

	private Schedule schedule(Duration freshFor) {
		String cron = resolve("cron", this.annotation.cron());
		String interval = resolve("interval", this.annotation.interval());
		CronExpression expression = (cron.isEmpty() || cron.equals("-")) ? null
				: parse("cron", cron, CronExpression::parse, "0 0 5 * * *");
		Duration duration = interval.isEmpty() ? null
				: parse("interval", interval, DurationStyle::detectAndParse, "5m");
		check(duration == null || expression == null, "it has both 'cron' and 'interval'", "Remove one of them.");
		check(duration == null || duration.compareTo(SHORTEST) >= 0,
				"'interval' must be at least 1s but was '%s'".formatted(interval), "Set a duration such as '5m'.");
		check(this.annotation.onStart() || duration != null || StringUtils.hasText(cron),
				"it says when neither by 'onStart' nor by 'cron' nor by 'interval'", "Set one of them.");
		return new Schedule(this.annotation.onStart() ? freshFor : null, duration, expression, ZoneId.systemDefault());
	}

	private String resolve(String attribute, String text) {
		return parse(attribute, text, (value) -> {
			String resolved = this.placeholders.apply(value);
			return (resolved != null) ? resolved.trim() : "";
		}, "a text whose placeholders are known properties");
	}

	private <T> T parse(String attribute, String text, Function<String, T> parser, String example) {
		try {
			return parser.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new WarmCacheException(this.bean, this.method,
					"'%s' cannot be read as '%s' (%s)".formatted(text, attribute, ex.getMessage()),
					"Set '%s' to one such as: %s.".formatted(attribute, example), ex);
		}
	}

	private void check(boolean right, String reason, String action) {
		if (!right) {
			throw fail(reason, action);
		}
	}

	private WarmCacheException fail(String reason, String action) {
		return new WarmCacheException(this.bean, this.method, reason, action, null);
	}

}
