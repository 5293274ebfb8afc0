/**
 * A real {@code redis-server} for development and tests, the way H2 is a database for
 * them: with {@code com.github.codemonstur:embedded-redis} on the class path and no
 * connection configured, the server of that library is started on loopback and offered as
 * {@link org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails}.
 * <p>
 * Several applications on one machine share it when they name the same port: the first
 * starts it, the others join, and when its owner goes away one of them starts an empty
 * one in its place. It ends with its application, also when that is killed.
 * <p>
 * Limits: nothing is saved, there is one server and no password, and its version is that
 * of the library (6.2 on Linux and macOS, 5.0 on Windows). Everything that a cluster, a
 * failover or a newer command does needs a server of its own: configure
 * {@code spring.data.redis.*} and this package does nothing.
 */
@NullMarked
package io.redispatterns.embedded;

import org.jspecify.annotations.NullMarked;
