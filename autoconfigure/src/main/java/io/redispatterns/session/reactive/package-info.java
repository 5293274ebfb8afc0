/**
 * Sessions of reactive applications: a repository under Spring Session's web session
 * store, the cookie, and the answer when Redis is away. Nothing here waits on a thread.
 */
@NullMarked
package io.redispatterns.session.reactive;

import org.jspecify.annotations.NullMarked;
