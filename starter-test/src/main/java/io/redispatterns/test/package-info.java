/**
 * Real Redis servers for tests, and faults to meet them with.
 * <p>
 * A test names what it needs, {@link io.redispatterns.test.StandaloneRedis one server},
 * {@link io.redispatterns.test.ClusterRedis a cluster} or
 * {@link io.redispatterns.test.SentinelRedis a sentinel set}, with
 * {@link io.redispatterns.test.Redis @Redis}, and has it to itself for the scope of the
 * test or class. Every process can be killed, frozen, thawed and restarted, and every
 * port can be reached through a {@link io.redispatterns.test.proxy.FaultProxy}. The
 * servers come from Docker by way of Testcontainers where it answers, else from a
 * {@code redis-server} on the {@code PATH}, else from the binary of embedded-redis (Redis
 * 6.2); the system property {@code redispatterns.test.source}, one of {@code docker},
 * {@code path} and {@code embedded}, decides otherwise. A test without a server fails.
 * All of them listen on random loopback ports and end with the JVM, however it ends.
 * Limits: a shell is needed, so Windows is not supported; Docker needs host networking,
 * so an engine in a virtual machine does not count as one that answers.
 */
@NullMarked
package io.redispatterns.test;

import org.jspecify.annotations.NullMarked;
