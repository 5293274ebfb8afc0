package io.redispatterns.cache.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.redispatterns.cache.delivery.Journal.Debt;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.redis.RedisExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes good what is in the journal of a cache, a hundred evictions at a time. Has no
 * thread of its own and, while the journal is empty, nothing to run.
 */
public final class Redelivery implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Redelivery.class);

	private static final int BATCH = 100;

	private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

	private final String cache;

	private final RedisExecutor redis;

	private final Evictions evictions;

	private final Journal journal;

	private final AtomicBoolean running = new AtomicBoolean();

	private final LongAdder madeGood = new LongAdder();

	private volatile boolean closed;

	private long reported;

	/**
	 * Create the redelivery of a cache with an empty journal.
	 * @param cache name of the cache, for the log
	 * @param redis the way to the server
	 * @param evictions how its entries are evicted
	 * @param near what this node keeps near of it
	 */
	public Redelivery(String cache, RedisExecutor redis, CacheEvictions evictions, NearCache near) {
		this.cache = cache;
		this.redis = redis;
		this.evictions = evictions;
		this.journal = new Journal(near, Journal.MAX_KEYS, this::wake);
	}

	/**
	 * Create the redelivery of what has keys only, of which its journal holds all.
	 */
	public Redelivery(String cache, RedisExecutor redis, Evictions evictions) {
		this.cache = cache;
		this.redis = redis;
		this.evictions = evictions;
		this.journal = new Journal(NearCache.NONE, Integer.MAX_VALUE, this::wake);
	}

	public Journal journal() {
		return this.journal;
	}

	/**
	 * How much was made good since the start of this node.
	 * @return the number of evictions
	 */
	public long madeGood() {
		return this.madeGood.sum();
	}

	private void wake() {
		if (!this.closed && this.running.compareAndSet(false, true)) {
			LATER.execute(this::attempt);
		}
	}

	private void attempt() {
		if (this.closed) {
			return;
		}
		try {
			evictSome();
		}
		catch (RuntimeException ex) {
			logger.debug("An attempt failed and is repeated", ex);
			LATER.execute(this::attempt);
		}
	}

	private void evictSome() {
		List<Debt> debts = this.journal.next(BATCH);
		List<CompletableFuture<Boolean>> replies = debts.stream().map(this.evictions::evict).toList();
		this.redis.bounded(CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new)))
			.whenComplete((done, ex) -> settle(debts, replies));
	}

	private void settle(List<Debt> debts, List<CompletableFuture<Boolean>> replies) {
		int settled = 0;
		for (int i = 0; i < debts.size(); i++) {
			CompletableFuture<Boolean> reply = replies.get(i);
			boolean acknowledged = reply.isDone() && !reply.isCompletedExceptionally() && reply.join();
			settled += (acknowledged && this.journal.settle(debts.get(i))) ? 1 : 0;
		}
		this.madeGood.add(settled);
		if (!this.journal.isEmpty()) {
			Executor next = (settled > 0) ? ForkJoinPool.commonPool() : LATER;
			next.execute(this::attempt);
			return;
		}
		report();
		this.running.set(false);
		// A write may have been lost before the line above
		if (!this.journal.isEmpty()) {
			wake();
		}
	}

	private void report() {
		long all = madeGood();
		logger.info("Cache '{}': {} writes that Redis had not acknowledged are made good", this.cache,
				all - this.reported);
		this.reported = all;
	}

	/**
	 * Make no further attempt.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (!this.journal.isEmpty()) {
			logger.warn("Cache '{}' stops with {} writes that Redis has not acknowledged: "
					+ "other nodes may read old values until those expire", this.cache, this.journal.size());
		}
	}

}
