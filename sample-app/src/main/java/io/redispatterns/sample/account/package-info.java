/**
 * Who is in the shop: customers log in with their e-mail and password, see where they are
 * logged in, and end sessions that they do not know. The sessions are on all nodes, by
 * the starter; failures to log in are limited by it.
 */
@NullMarked
package io.redispatterns.sample.account;

import org.jspecify.annotations.NullMarked;
