/**
 * Leases: the right to fill an entry with what a load brings, which every write of the
 * entry voids. So a loader that is late, whatever held it up and on whichever node, can
 * not put back what a write has replaced.
 * <p>
 * A lease is a random token in a key beside the entry. Whoever misses the entry takes it;
 * a put or an eviction removes it in the same script as the entry; a fill stores only
 * while it is there. Several loaders may share one token, as all of them began after it
 * was made and nothing was written since. A token that is lost, with a server or by its
 * eviction, refuses a fill, which costs a miss and nothing else. While a transaction that
 * writes the entry is about to commit, a fence beside it refuses all fills.
 * <p>
 * Who loads is another question, which a {@link StampedeGuard} answers, and what a load
 * brings may wait elsewhere: {@link HeldRows}. This room is public for both, and for
 * those who load again what is there.
 */
@NullMarked
package io.redispatterns.cache.lease;

import org.jspecify.annotations.NullMarked;
