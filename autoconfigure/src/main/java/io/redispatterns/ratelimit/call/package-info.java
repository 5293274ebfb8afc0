/**
 * The way of a request to the server and back: who is known to be refused does not ask,
 * who asks while another asks for the same subject travels in one call with others, and
 * nobody asks a server that does not answer.
 */
@NullMarked
package io.redispatterns.ratelimit.call;

import org.jspecify.annotations.NullMarked;
