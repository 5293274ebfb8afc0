package io.redispatterns.session;

import java.time.Instant;

/**
 * A session of a user as he may see it, without its identifier.
 *
 * @param handle by which it can be revoked
 * @param created when it began
 * @param lastSeen when it was used last, late by at most
 * {@code redis.session.touch-interval}
 * @param device with what, such as {@code Firefox on Linux}, empty when that is not known
 * @param current whether it is the session of the request that asks
 */
public record UserSession(String handle, Instant created, Instant lastSeen, String device, boolean current) {

}
