/**
 * The connection on which a node hears what others write, one of its own, by whichever
 * client the application has. The room is public for that of invalidation only; it is no
 * API.
 */
@NullMarked
package io.redispatterns.invalidation.link;

import org.jspecify.annotations.NullMarked;
