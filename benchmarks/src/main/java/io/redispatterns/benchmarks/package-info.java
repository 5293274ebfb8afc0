/**
 * This project beside its peers, in one run on one server. Every {@link Contestant} does
 * the same {@link Work} on the same values, each in a JVM of its own, round after round
 * in alternating order; a time counts only as its ratio to the floor of the same round.
 * What is not measured here: networks slower than loopback, clusters, and values far from
 * half a kilobyte.
 */
@NullMarked
package io.redispatterns.benchmarks;

import org.jspecify.annotations.NullMarked;
