/**
 * The scripts that read and write the hash of an object, its lease and its fences, each
 * of which leaves all three right. The room is public for that of hashes only; it is no
 * API.
 */
@NullMarked
package io.redispatterns.hash.script;

import org.jspecify.annotations.NullMarked;
