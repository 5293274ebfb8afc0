/**
 * Certificates that are renewed while the application runs. A client takes the managers
 * of a bundle once, when it is configured; the factories of this room ask the bundle
 * again for each connection, so that one with {@code reload-on-update} needs no restart.
 * Connections that are open keep what they were made with. Jedis, whose connections are
 * made by a socket factory of the first bundle, is not served.
 */
@NullMarked
package io.redispatterns.redis.tls;

import org.jspecify.annotations.NullMarked;
