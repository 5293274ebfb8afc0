/**
 * Who sends a request, as far as the network says it: the address that a limit counts by.
 * <p>
 * The address is that of the socket, unless a trusted proxy is at its other end. Only
 * then a forwarding header is read, from right to left, up to the first address that is
 * no trusted proxy: what is further left, its sender has written himself. A caller that
 * is not behind a trusted proxy cannot choose what he is counted as, whatever he sends.
 * <p>
 * One who has a network of IPv6 has all of its addresses, so that these are counted by
 * their prefix. An IPv4 address within an IPv6 one is the same caller as outside of it.
 * Ports and zones are dropped. No name is ever resolved.
 */
@NullMarked
package io.redispatterns.ratelimit.client;

import org.jspecify.annotations.NullMarked;
