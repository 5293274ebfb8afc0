/**
 * What nodes send each other about writes, and how a node notices that it has missed
 * something: by beats that do not come back, and by counts that do not agree. The room is
 * public for that of invalidation only; it is no API.
 */
@NullMarked
package io.redispatterns.invalidation.message;

import org.jspecify.annotations.NullMarked;
