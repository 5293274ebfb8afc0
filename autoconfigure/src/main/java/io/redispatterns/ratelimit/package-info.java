/**
 * Rate limits that hold over all nodes. A decision is one script and one round trip for
 * all policies of a request together: it takes of all or of none, by the server's clock,
 * and what is refused uses up nothing. What a policy says travels with each request, so
 * that the server holds only what was counted, and a policy is changed without losing it.
 * <p>
 * Who is refused is remembered on the node until the retry instant, and costs no command.
 * Who asks while another asks for the same subject travels in the next call with all who
 * do, decided one after another. A server that does not answer in time holds up its first
 * callers only; then each node decides by its share of a limit, from what it has seen
 * before, and tells the server what it gave before it asks again.
 * <p>
 * Limits: policies of different subjects are decided one by one, as they are in different
 * slots. A reset is seen by another node that remembers a refusal within a minute. A
 * failover loses what the new master has not got. Leases that were given without the
 * server are not told to it, and one whose answer came too late comes back after its
 * window. A bucket whose policy changes keeps the part that is used up, not the number.
 */
@NullMarked
package io.redispatterns.ratelimit;

import org.jspecify.annotations.NullMarked;
