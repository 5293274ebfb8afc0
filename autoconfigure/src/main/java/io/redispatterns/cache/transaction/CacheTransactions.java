package io.redispatterns.cache.transaction;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fence.Policy;
import io.redispatterns.cache.fence.TransactionTraits;
import io.redispatterns.cache.fence.TransactionalCache;
import io.redispatterns.cache.load.Deferral;
import io.redispatterns.cache.load.Loads;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The transactions that are going on, each with what it has made of the caches of one
 * manager, or of what else takes part.
 */
public abstract class CacheTransactions {

	private static final String BLOCKING = "org.springframework.transaction.support.TransactionSynchronizationManager";

	private static final String REACTIVE = "reactor.core.publisher.Mono";

	/**
	 * For caches that do not take part in transactions.
	 */
	public static final CacheTransactions NONE = new CacheTransactions() {

		@Override
		@Nullable OpenTransaction current() {
			return null;
		}

		@Override
		public @Nullable OpenTransaction open() {
			return null;
		}

	};

	CacheTransactions() {
	}

	/**
	 * The transactions of an application.
	 * @param redis the way to the server
	 * @param random source of their identities
	 * @return the transactions, {@link #NONE} where there can be none
	 */
	public static CacheTransactions of(RedisExecutor redis, RandomGenerator random) {
		ClassLoader loader = CacheTransactions.class.getClassLoader();
		if (!ClassUtils.isPresent(BLOCKING, loader)) {
			return NONE;
		}
		Beginning beginning = (traits) -> new OpenTransaction(redis,
				HexFormat.of().toHexDigits(random.nextLong()).getBytes(StandardCharsets.US_ASCII), traits);
		CacheTransactions blocking = new BlockingTransactions(beginning);
		return ClassUtils.isPresent(REACTIVE, loader) ? new ReactiveTransactions(blocking, beginning) : blocking;
	}

	/**
	 * When the loads of a cache are stored.
	 * @return the deferral
	 */
	public final Deferral deferral() {
		return new TransactionDeferral(this);
	}

	/**
	 * The way to a cache, by which transactions see what they have made of it.
	 * @param cache name of the cache
	 * @param policy what is done before a commit
	 * @param redis the way to the server
	 * @param entries its entries
	 * @param loads its loads
	 * @return its reads and writes
	 */
	public final Access access(String cache, Policy policy, RedisExecutor redis, EntryAccess entries, Loads loads) {
		TransactionalCache transactional = new TransactionalCache(cache, policy, redis, entries, loads);
		TransactionalReads reads = new TransactionalReads(this, transactional, entries, loads);
		return new Access(reads, new ManyReads(this, reads, loads),
				new TransactionalWrites(this, transactional, loads.lookups()));
	}

	/**
	 * The transaction that the caller is in, if it has touched a cache before.
	 */
	abstract @Nullable OpenTransaction current();

	/**
	 * The transaction that the caller is in, unless it can neither change data nor see
	 * what is not current.
	 * @return the transaction, {@code null} for none
	 */
	public abstract @Nullable OpenTransaction open();

	/**
	 * The way to a cache.
	 *
	 * @param reads its reads
	 * @param many its reads of many entries at once
	 * @param writes its writes
	 */
	public record Access(TransactionalReads reads, ManyReads many, TransactionalWrites writes) {

	}

	/**
	 * Makes a transaction known.
	 */
	interface Beginning {

		OpenTransaction begin(TransactionTraits traits);

	}

}
