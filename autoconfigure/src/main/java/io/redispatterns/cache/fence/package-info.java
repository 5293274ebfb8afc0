/**
 * Fences: what a transaction makes of caches takes effect with its commit, so that nobody
 * is served a value that is older than an acknowledged commit.
 * <p>
 * Each put and eviction is noted, the last one of a key counts. Before the commit all
 * keys are fenced in one pipeline: the entry is removed, its lease is void, and for ten
 * seconds nobody stores a load of it. After the commit one pipeline takes the fences away
 * and puts the values of puts in their place. A node that dies in between leaves the
 * fences, which cost misses until they end; a transaction of which nobody knows how it
 * ended does the same. A rollback takes them away and stores nothing.
 * <p>
 * Race of two writers: they commit in one order and may reach Redis in the other. A fence
 * that finds another marks the entry as contested, and so does any other write that finds
 * one; a release that finds the mark, another fence, or its own gone, removes the entry
 * instead of storing its value. So what is stored was put by a transaction that was alone
 * from before its commit on. Where all of them put values with a version, nothing is
 * contested: who is released beside others leaves his value, and the last stores the
 * newest. Without a version the order of the fences would not do: two transactions that
 * change two parts of what is one value look the same, and neither has seen the other's.
 * A release that the server comes to after its caller has given up stores nothing.
 * <p>
 * A clear and an eviction by tag have no keys to fence. They raise their counter before
 * the commit, which voids all that was loaded before, and note their fence beside it:
 * while it is there, nothing is stored in the cache of which the load, or the put, has
 * begun since. They raise the counter again after the commit, for what was under way.
 * <p>
 * Limits: A commit that takes longer than ten seconds outlives its fences. Where Redis
 * does not take a fence the policy of the cache decides. The room is public for the rooms
 * of the cache and of hashes; no API but the exception.
 */
@NullMarked
package io.redispatterns.cache.fence;

import org.jspecify.annotations.NullMarked;
