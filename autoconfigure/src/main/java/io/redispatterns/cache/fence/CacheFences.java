package io.redispatterns.cache.fence;

import java.util.function.Consumer;

import io.redispatterns.cache.delivery.Journal;
import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.Generations.Fence;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.redis.RedisFailureException;

/**
 * The fences around what transactions change in one cache. A fence removes the entry and
 * refuses all fills of it until it is released or its time ends.
 */
final class CacheFences {

	private static final byte[] NO_LEASE = {};

	private final FenceScripts scripts;

	private final EntryAccess entries;

	private final Journal journal;

	CacheFences(FenceScripts scripts, EntryAccess entries) {
		this.scripts = scripts;
		this.entries = entries;
		this.journal = entries.redelivery().journal();
	}

	/**
	 * Fence what is about to be committed. For a clear and an evicted tag, which have no
	 * keys, all is voided now that was loaded before, and the whole cache is fenced.
	 * @param noted whether what cannot be fenced is not to be trusted on this node
	 * @param failed told of each fence that could not be set
	 */
	void fence(byte[] transaction, CacheChanges changes, Pipeline pipeline, boolean noted,
			Consumer<RedisFailureException> failed) {
		for (Change change : changes.keys()) {
			Grant grant = change.grant();
			byte[] token = (grant != null) ? grant.token() : NO_LEASE;
			pipeline.add(() -> this.scripts.fence(change, transaction, token), (good) -> {
				if (good == 0) {
					this.entries.statistics().count(Event.REFUSED);
					changes.refuse(change);
				}
			}, unfenced(noted, () -> this.journal.add(change.key(), 0), failed));
		}
		Fence fence = new Fence(transaction, FenceScripts.LIFETIME);
		if (changes.cleared() != null) {
			pipeline.add(() -> this.entries.generations().clear(fence), (done) -> {
			}, unfenced(noted, this.journal::addEverything, failed));
		}
		for (String tag : changes.tags().keySet()) {
			pipeline.add(() -> this.entries.generations().evict(tag, fence), (done) -> {
			}, unfenced(noted, () -> this.journal.addTag(tag), failed));
		}
		// Before the commit, so that a clear of another that comes between voids them
		if (changes.hasValues() && !changes.isVoided()) {
			pipeline.add(() -> this.entries.stampOf(changes.tagsOfValues()), changes::stampWith, (ex) -> {
			});
		}
	}

	private Consumer<RedisFailureException> unfenced(boolean noted, Runnable note,
			Consumer<RedisFailureException> failed) {
		return (ex) -> {
			this.entries.statistics().count(Event.FAILED_WRITE, ex.kind());
			if (noted) {
				note.run();
			}
			failed.accept(ex);
		};
	}

	/**
	 * Take the fences of a rollback away. Where that fails, they end by themselves.
	 */
	void rollBack(byte[] transaction, CacheChanges changes, Pipeline pipeline) {
		for (Change change : changes.keys()) {
			pipeline.add(() -> this.scripts.rollBack(change.key(), transaction), (done) -> {
			}, (ex) -> {
			});
		}
		if (changes.isVoided()) {
			pipeline.add(() -> this.entries.generations().release(transaction), (done) -> {
			}, (ex) -> {
			});
		}
	}

}
