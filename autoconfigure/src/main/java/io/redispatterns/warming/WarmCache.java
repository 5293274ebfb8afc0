package io.redispatterns.warming;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method of a bean that returns what a cache is warmed with: the arguments with
 * which the cache's {@code @Cacheable} method is then called, one after another, by one
 * node of all.
 * <p>
 * The method has no parameters and returns a {@code Collection}, an {@code Iterable} or a
 * {@code Stream}, which is closed; the most important first. It is called on a thread of
 * its own, once for each warm-up. When it throws, or when calls keep failing, the warm-up
 * is tried again later. Times are those of the Redis server. All attributes of type
 * {@code String} may have placeholders.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WarmCache {

	/**
	 * Name of the cache.
	 * @return the name, as that of {@link #cache}
	 */
	@AliasFor("cache")
	String value() default "";

	/**
	 * Name of the cache.
	 * @return the name
	 */
	@AliasFor("value")
	String cache() default "";

	/**
	 * The class that has the {@code @Cacheable} method, where several classes have one
	 * for this cache that takes such an argument.
	 * @return the class or an interface of the bean, {@code void} for any
	 */
	Class<?> by() default void.class;

	/**
	 * The name of the {@code @Cacheable} method, where a class has several for this cache
	 * that take such an argument.
	 * @return the name, empty for any
	 */
	String method() default "";

	/**
	 * Whether to warm once the application is ready, unless another node has within
	 * {@code redis.warming.fresh-for}.
	 * @return whether to warm on start
	 */
	boolean onStart() default true;

	/**
	 * When to warm, as a cron expression of six fields in the time zone of the JVM.
	 * @return the expression, empty or {@code -} for never
	 */
	String cron() default "";

	/**
	 * Time between the beginnings of two warm-ups, such as {@code 5m} or {@code PT5M}.
	 * @return the duration, empty for no repetition
	 */
	String interval() default "";

	/**
	 * Whether to load again what is there, so that entries are renewed before they end,
	 * whether anybody reads them or not. Others are served what is there meanwhile, also
	 * when the load fails. Else only what is absent is loaded.
	 * @return whether to load everything
	 */
	boolean refresh() default false;

	/**
	 * How many entries to read in a second at most.
	 * @return the number, empty for {@code redis.warming.rate}
	 */
	String rate() default "";

}
