package io.redispatterns.cache.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.cache.delivery.Journal;
import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.Generations;
import io.redispatterns.cache.entry.Generations.Fence;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the commit of transactions does to one cache: a fence is taken away, and the value
 * of a put takes the place of the entry unless another transaction has fenced it too, or
 * the fence is gone. What fails is counted and noted, and told to whom it is for.
 */
final class CacheReleases {

	private static final RedisFailureException REMOVED = new RedisFailureException(Kind.FULL,
			"The server has no memory for an entry, and holds the one before no more", null);

	private final FenceScripts scripts;

	private final EntryAccess entries;

	private final Journal journal;

	CacheReleases(FenceScripts scripts, EntryAccess entries) {
		this.scripts = scripts;
		this.entries = entries;
		this.journal = entries.redelivery().journal();
	}

	void release(byte[] transaction, CacheChanges changes, Pipeline pipeline) {
		List<CompletableFuture<?>> voided = new ArrayList<>();
		Fence none = Fence.none(transaction);
		Consumer<RedisFailureException> clear = changes.cleared();
		if (clear != null) {
			pipeline.add(() -> kept(voided, this.entries.generations().clear(none)), this::removed,
					lost(clear, (ex) -> this.journal.addEverything()));
		}
		changes.tags()
			.forEach((tag, unseen) -> pipeline.add(() -> kept(voided, this.entries.generations().evict(tag, none)),
					this::removed, lost(unseen, (ex) -> this.journal.addTag(tag))));
		for (Change change : changes.keys()) {
			WrittenValue written = change.written();
			if (written == null || (changes.stamp() == null && !changes.isVoided())) {
				pipeline.add(() -> this.scripts.release(change.key(), transaction), this::removed,
						lost(change.unseen(), (ex) -> this.journal.add(change.key(), 0)));
			}
			else {
				pipeline.add(() -> put(transaction, change, written, stamp(changes, voided)), put(change),
						lost(change.unseen(),
								(ex) -> this.journal.add(change.key(), this.scripts.deadline(change.key(), ex))));
			}
		}
	}

	private static <T> CompletableFuture<T> kept(List<CompletableFuture<?>> all, CompletableFuture<T> one) {
		all.add(one);
		return one;
	}

	/**
	 * The stamp of values: from before the commit, and above a clear of their own.
	 */
	private CompletableFuture<Long> stamp(CacheChanges changes, List<CompletableFuture<?>> voided) {
		Long stamp = changes.stamp();
		return (stamp != null) ? CompletableFuture.completedFuture(stamp)
				: CompletableFuture.allOf(voided.toArray(CompletableFuture<?>[]::new))
					.thenCompose((done) -> this.entries.stampOf(changes.tagsOfValues()));
	}

	private CompletableFuture<Long> put(byte[] transaction, Change change, WrittenValue written,
			CompletableFuture<Long> stamp) {
		Grant loaded = change.grant();
		return stamp.thenCompose((now) -> (now == Generations.FENCED) ? this.scripts.release(change.key(), transaction)
				: this.scripts.release(change.key(), transaction,
						this.entries.stored(change.key(), written, (loaded != null) ? loaded.stamp() : now)));
	}

	private Consumer<Long> put(Change change) {
		return (stored) -> {
			if (stored < 0) {
				lost(change.unseen(), (ex) -> {
				}).accept(REMOVED);
			}
			else {
				this.entries.statistics().count((stored == 1) ? Event.PUT : Event.REMOVAL);
			}
		};
	}

	private void removed(@Nullable Object reply) {
		this.entries.statistics().count(Event.REMOVAL);
	}

	private Consumer<RedisFailureException> lost(Consumer<RedisFailureException> unseen,
			Consumer<RedisFailureException> note) {
		return (ex) -> {
			this.entries.statistics().count(Event.FAILED_WRITE, ex.kind());
			note.accept(ex);
			unseen.accept(ex);
		};
	}

}
