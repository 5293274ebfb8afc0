/**
 * A TCP proxy that misbehaves on demand.
 * <p>
 * It shows an application what firewalls, hung servers and dying networks do: delay,
 * loss, silence in one or both directions, resets and refused connections, for all
 * connections or only for those that subscribe or that exist now. Limits: it works above
 * TCP, so the kernel of the peer still acknowledges bytes that go nowhere, and a server
 * that is down shows itself by a reset right after the connection was accepted, not by a
 * refusal.
 */
@NullMarked
package io.redispatterns.test.proxy;

import org.jspecify.annotations.NullMarked;
