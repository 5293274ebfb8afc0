/**
 * Objects as fields, and back: which there are, what they look like in JSON, and how new
 * an object is. The room is public for that of hashes only; it is no API.
 */
@NullMarked
package io.redispatterns.hash.field;

import org.jspecify.annotations.NullMarked;
