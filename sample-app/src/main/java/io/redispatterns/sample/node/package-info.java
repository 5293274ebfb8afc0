/**
 * The nodes of the shop, and what they know of each other. Each leaves a card in Redis,
 * twice a second, as a hash that ends by itself when the node does; on it is what the
 * node has read and written, and which messages about writes of others it has heard. The
 * page sees all cards whichever node it asks, and hears of what its own node hears at
 * once, by server-sent events.
 */
@NullMarked
package io.redispatterns.sample.node;

import org.jspecify.annotations.NullMarked;
