/**
 * Rate limits that hold over all nodes: a decision is one script and one round trip for
 * all policies of a request together, made by the server's clock; a request that is
 * refused uses up nothing.
 */
@NullMarked
package io.redispatterns.ratelimit;

import org.jspecify.annotations.NullMarked;
