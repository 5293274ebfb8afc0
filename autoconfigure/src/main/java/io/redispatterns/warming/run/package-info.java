/**
 * Warm-ups as they run: when one is due, who of all nodes does it, and how fast it goes.
 * <p>
 * What is known of the warm-ups of a method is in Redis: when the last whole one began,
 * and who is at one. All times are those of the server, and whoever begins one has to
 * have seen the last, so that nodes with other clocks agree. The room is public for the
 * warming room only; it is no API.
 */
@NullMarked
package io.redispatterns.warming.run;

import org.jspecify.annotations.NullMarked;
