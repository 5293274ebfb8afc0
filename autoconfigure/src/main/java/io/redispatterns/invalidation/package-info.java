/**
 * Invalidation: nodes tell each other by Redis pub/sub what they write, so that what is
 * kept near serves nowhere for long after a write that was acknowledged.
 * <p>
 * The script that writes sends the message, in the same round trip. Pub/sub forgets what
 * it cannot deliver, so that each node has to notice what it has missed. Several times
 * within {@code max-silence} it sends a beat to itself, in a cluster by way of each
 * server. Messages of one server come in their order: who hears his own beat has heard
 * all that was acknowledged there before he sent it. What is near serves until
 * {@code max-silence} after the sending of the last beat that came back; a cut, a dead
 * link, a server that hangs and a pause of the process end the trust by themselves, as it
 * is looked at with each read. Nodes of a cluster also tell how many messages they have
 * sent; fewer make the others forget all.
 * <p>
 * The bound: what is near is older than an acknowledged write by at most
 * {@code max-silence}, in a cluster whose bus loses messages by one and a quarter of a
 * second more; by as long as a message takes when all is well. Limits: messages that a
 * server has sent before it fails over to another that has not got the write are true too
 * early. A server of a cluster that took over slots since the client looked is not
 * listened for: Jedis is made to look each second. What goes to the application's
 * listeners can be missed.
 */
@NullMarked
package io.redispatterns.invalidation;

import org.jspecify.annotations.NullMarked;
