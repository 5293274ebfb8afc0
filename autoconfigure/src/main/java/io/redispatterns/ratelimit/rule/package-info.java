/**
 * What is limited and by whom: the annotations and the rules for paths, read once, and
 * their expressions, evaluated for each call without a way to assign anything.
 * <p>
 * A call asks for the permits of one subject in one request. Where a call has several
 * subjects, such as an address and a user, they are asked for one after the other, and
 * what was given is given back when a later one is refused: between the two another call
 * can be refused that would have had room.
 * <p>
 * A mistake that can be told from the code stops the start. A key that turns out to be
 * {@code null} fails the call: it is never a subject that all share.
 */
@NullMarked
package io.redispatterns.ratelimit.rule;

import org.jspecify.annotations.NullMarked;
