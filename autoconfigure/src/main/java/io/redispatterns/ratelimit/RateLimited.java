package io.redispatterns.ratelimit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.OnRedisError;

import org.springframework.core.annotation.AliasFor;

/**
 * A method that a subject may call so often, by a policy of the configuration or by one
 * that is written here; on a class, all of its methods together that are not private.
 * What is said of a method takes the place of what is said of its class, and that the
 * place of the rules for paths.
 * <p>
 * A handler method of Spring MVC or WebFlux is limited by its request: before its body is
 * read, unless an expression names an argument. The response tells of the limits. Any
 * other method of a bean is limited when it is called from another bean, before a
 * transaction begins: one that returns a publisher for each subscription, when it is
 * subscribed to. A call that is refused fails with a {@link RateLimitExceededException},
 * in a future or a publisher where the method returns one.
 * <p>
 * Several annotations all have to have room, or none is used up. Expressions are of the
 * Spring Expression Language, may read and call methods but assign nothing:
 * {@code #name}, {@code #p0} or {@code #a0} is an argument; {@code ip}, {@code user},
 * {@code apiKey}, {@code tenant}, {@code hasRole('...')} and {@code header('...')} are of
 * the request.
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(RateLimited.All.class)
public @interface RateLimited {

	/**
	 * Names of policies in {@code redis.rate-limit.policies}. Placeholders are resolved.
	 */
	@AliasFor("policy")
	String[] value() default {};

	/**
	 * Names of policies in {@code redis.rate-limit.policies}. Placeholders are resolved.
	 */
	@AliasFor("value")
	String[] policy() default {};

	/**
	 * Permits per window of a policy that is written here, such as {@code "100"} or
	 * {@code "${search.limit}"}.
	 */
	String limit() default "";

	/**
	 * Time in which the limit comes back, such as {@code "1m"}; placeholders are
	 * resolved.
	 */
	String window() default "";

	/**
	 * Permits that a token bucket saves up; the limit when empty. Placeholders are
	 * resolved.
	 */
	String burst() default "";

	/**
	 * How the policy that is written here is counted.
	 */
	Algorithm algorithm() default Algorithm.TOKEN_BUCKET;

	/**
	 * Which calls use up the policy that is written here.
	 */
	Count count() default Count.ALL;

	/**
	 * Number of refused calls, with less than the window between two, upon which a
	 * subject is blocked; 0 for never.
	 */
	int blockAfter() default 0;

	/**
	 * Length of the first block, each further one is twice as long; placeholders are
	 * resolved.
	 */
	String blockFor() default "1m";

	/**
	 * What the policy that is written here decides without Redis.
	 */
	OnRedisError onRedisError() default OnRedisError.INHERIT;

	/**
	 * Name of the policy that is written here, as responses and meters tell it; made of
	 * the method when empty. What has one name shares what is used up.
	 */
	String name() default "";

	/**
	 * Who is limited; several together are one subject. When empty, what {@link #key()}
	 * says, else what the policy says, else {@link By#USER}.
	 */
	By[] by() default {};

	/**
	 * Expression of who or what is limited, together with {@link #by()} where both are
	 * there. A value of {@code null} or without a character is an error.
	 */
	String key() default "";

	/**
	 * Expression of the permits that a call costs; one when empty, none for 0.
	 */
	String cost() default "";

	/**
	 * Expression that has to be true for the call to be limited.
	 */
	String condition() default "";

	/**
	 * Expression of the plan of the subject; when empty or {@code null}, that of the
	 * roles of the user, else what the plan resolver says.
	 */
	String plan() default "";

	/**
	 * Who is limited.
	 */
	enum By {

		/**
		 * The address of the client.
		 */
		IP,

		/**
		 * The authenticated user; the address of one who is not known.
		 */
		USER,

		/**
		 * The key of an API as it is sent, under which the permits are kept by a digest;
		 * the address of one who sends none. Anybody can make up keys: limit addresses
		 * too.
		 */
		API_KEY,

		/**
		 * The tenant that the application's
		 * {@link io.redispatterns.ratelimit.client.RateLimitTenantResolver} finds.
		 */
		TENANT,

		/**
		 * All callers together.
		 */
		GLOBAL

	}

	/**
	 * Several annotations of one element.
	 */
	@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface All {

		/**
		 * The annotations.
		 */
		RateLimited[] value();

	}

}
