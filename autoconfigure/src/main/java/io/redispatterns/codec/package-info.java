/**
 * Values as bytes: the contract between a room that stores values and what turns them
 * into bytes and back.
 * <p>
 * A codec belongs to one owner, such as a cache, and refuses what it could not give back.
 * What it cannot read is an {@link io.redispatterns.codec.UnreadableValueException} and
 * nothing else, so that damaged, foreign or hostile bytes are a miss. The codec of this
 * starter is in the inner room {@code json}; an application can bring its own.
 */
@NullMarked
package io.redispatterns.codec;

import org.jspecify.annotations.NullMarked;
