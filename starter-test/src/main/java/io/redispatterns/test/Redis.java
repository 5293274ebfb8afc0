package io.redispatterns.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Asks for running Redis servers, by the type of a static field or of a parameter:
 * {@link StandaloneRedis}, {@link ClusterRedis} or {@link SentinelRedis}.
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * class BasketTests {
 *
 *   &#064;Redis
 *   static StandaloneRedis redis;
 *
 *   &#064;DynamicPropertySource
 *   static void connect(DynamicPropertyRegistry registry) {
 *     redis.springProperties().forEach((name, value) -&gt; registry.add(name, () -&gt; value));
 *   }
 *
 *   &#064;Test
 *   void survivesHang() {
 *     redis.server().freeze();
 *     ...
 *   }
 *
 * }
 * </pre>
 * <p>
 * A field has its servers to itself until its class ends, a parameter until the test or,
 * in a constructor or {@code @BeforeAll} method, the class ends; parameters with the same
 * type and arguments within one scope share them. Afterwards servers that were neither
 * hurt nor reconfigured are emptied and serve the next test; others are ended. A test
 * never sees data, scripts or statistics of another.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(RedisExtension.class)
public @interface Redis {

	/**
	 * What to add to the command line of each server, such as {@code { "--maxmemory",
	 * "64mb" }}.
	 * @return the arguments
	 */
	String[] value() default {};

}
