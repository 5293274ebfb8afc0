/**
 * How often albums are looked at. A look must not wait for the database, nor cost it a
 * statement of its own: it is accepted into a queue, and counted with others behind the
 * customer's back, once each, whatever happens to a node meanwhile.
 */
@NullMarked
package io.redispatterns.sample.views;

import org.jspecify.annotations.NullMarked;
