/**
 * Names of keys: injective, typed, readable in a shell, one cluster slot for a key and
 * its companions. Two different pairs of a name and an argument never share a key; an
 * argument of a type that cannot be told apart for sure is refused instead of guessed.
 */
@NullMarked
package io.redispatterns.redis.key;

import org.jspecify.annotations.NullMarked;
