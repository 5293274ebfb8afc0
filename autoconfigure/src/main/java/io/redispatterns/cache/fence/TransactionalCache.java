package io.redispatterns.cache.fence;

import java.util.function.Consumer;

import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;

/**
 * One cache as transactions see it: what its part in a commit is.
 */
public final class TransactionalCache implements Participant<CacheChanges> {

	private final String name;

	private final Policy policy;

	private final CacheFences fences;

	private final CacheReleases releases;

	private final DirectWrites direct;

	public TransactionalCache(String name, Policy policy, RedisExecutor redis, EntryAccess entries, Loads loads) {
		this.name = name;
		this.policy = policy;
		FenceScripts scripts = new FenceScripts(redis, entries);
		this.fences = new CacheFences(scripts, entries);
		this.releases = new CacheReleases(scripts, entries);
		this.direct = new DirectWrites(entries, loads);
	}

	public DirectWrites direct() {
		return this.direct;
	}

	/**
	 * Whether what a transaction has put is stored only where it was alone.
	 */
	public boolean isFenced() {
		return this.policy != Policy.NO_FENCE;
	}

	@Override
	public CacheChanges nothing() {
		return new CacheChanges();
	}

	@Override
	public void fence(byte[] transaction, CacheChanges changes, Pipeline pipeline,
			Consumer<FenceFailureException> refused) {
		if (!isFenced()) {
			return;
		}
		this.direct.forget(changes);
		boolean fails = this.policy == Policy.FENCE_OR_FAIL;
		Consumer<RedisFailureException> failed = (ex) -> {
			if (fails) {
				refused.accept(new FenceFailureException(this.name, ex));
			}
		};
		this.fences.fence(transaction, changes, pipeline, !fails, failed);
	}

	/**
	 * Add what is to be done after the commit, or do it where there is no fence.
	 */
	@Override
	public void release(byte[] transaction, CacheChanges changes, Pipeline pipeline, boolean fenced) {
		if (fenced && isFenced()) {
			this.direct.forget(changes);
			this.releases.release(transaction, changes, pipeline);
		}
		else {
			this.direct.make(changes);
		}
	}

	@Override
	public void rollBack(byte[] transaction, CacheChanges changes, Pipeline pipeline) {
		if (isFenced()) {
			this.fences.rollBack(transaction, changes, pipeline);
		}
	}

}
