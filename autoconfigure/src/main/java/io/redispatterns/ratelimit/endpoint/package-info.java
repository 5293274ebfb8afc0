/**
 * What an operator sees and does: the actuator endpoint {@code ratelimits}, with the
 * policies in force, where a subject stands, a block and a reset.
 * <p>
 * It is there where Spring Boot's actuator is and the endpoint is exposed
 * ({@code management.endpoints.web.exposure.include}). It lists no subject.
 */
@NullMarked
package io.redispatterns.ratelimit.endpoint;

import org.jspecify.annotations.NullMarked;
