/**
 * Loads of many entries at once: one read, one load of what is missed, one fill.
 * <p>
 * A caller boards, for each key that he misses, the flight that is open, or opens one, in
 * one pass and without waiting; asks for the leases of his own in one go; loads those
 * that he was given with one call, in one turn of the bulkhead; and sends all fills at
 * once. Then he waits for those of his own that another node loads, and at last for the
 * flights of others, and reads in one go what these have brought. What he still misses
 * then he loads in the same way.
 * <p>
 * The race of two callers with the same keys in another order: each holds flights and
 * leases that the other waits for. Neither waits before his own have ended, so there is
 * no circle: a lease that is found taken holds up nothing but its own key, and a flight
 * of this node is only waited for by one who has none open. A loader that asks for what
 * is loaded around it loads it alone, as one of a single key does.
 * <p>
 * With the guard {@code redisson} leases alone decide here, as they do while Redisson is
 * away: five hundred keys would be as many locks, taken in turn on two connections, each
 * a script and, where taken, a subscription. Those who hold a lock hold the lease as
 * well, so nobody loads beside them, and they wait for a lease that is held here.
 * <p>
 * Limits: nobody loads a value again early for the sake of a read of many; a value that
 * may serve after its end does, and when the load fails, those that may stand in do so if
 * all of them may. Inside a transaction that has changed one of the keys, all that is
 * missed is loaded for its own eyes, and stored nowhere. A load of another that fails
 * does not fail those who ask for many: they load what it has not brought, once. The room
 * is public for the cache room only; it is no API.
 */
@NullMarked
package io.redispatterns.cache.bulk;

import org.jspecify.annotations.NullMarked;
