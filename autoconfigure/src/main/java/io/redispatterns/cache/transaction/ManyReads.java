package io.redispatterns.cache.transaction;

import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.bulk.ManyLoader;
import io.redispatterns.cache.bulk.ManyLoader.Later;
import io.redispatterns.cache.bulk.ManyLoads;
import io.redispatterns.cache.fence.Change;
import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fill.Unstored;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.load.Loads;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Reads of many entries of one cache, as {@link TransactionalReads} are of one. Inside a
 * transaction that has changed one of them, or reads a snapshot, what is missed is loaded
 * for its own eyes only.
 */
public final class ManyReads {

	private final CacheTransactions transactions;

	private final TransactionalReads reads;

	private final Loads loads;

	private final ManyLoads many;

	ManyReads(CacheTransactions transactions, TransactionalReads reads, Loads loads) {
		this.transactions = transactions;
		this.reads = reads;
		this.loads = loads;
		this.many = new ManyLoads(loads);
	}

	/**
	 * Read values, or load them.
	 * @param keys the keys, each once
	 * @param loader loads some of them
	 * @return the values in the order of the keys: store values, or what the loader
	 * brought
	 * @throws LoaderException when the loader threw
	 */
	public @Nullable Object[] get(byte[][] keys, ManyLoader loader) {
		OpenTransaction transaction = this.transactions.open();
		@Nullable Change[] own = own(keys);
		if (own == null && (transaction == null || transaction.traits().current())) {
			return this.many.get(keys, loader);
		}
		@Nullable Object[] values = this.loads.reader().many().look(keys).clone();
		int[] missing = missing(values, own);
		try {
			return (missing.length == 0) ? values
					: filled(values, missing, this.loads.unshared().get("of many", () -> loader.load(missing)));
		}
		catch (ValueRetrievalException ex) {
			throw new LoaderException((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	/**
	 * Read values, or load them, without waiting for them.
	 * @param keys the keys, each once
	 * @param loader loads some of them
	 * @return the values, as of {@link #get}
	 */
	public CompletableFuture<@Nullable Object[]> retrieve(byte[][] keys, Later loader) {
		@Nullable Change[] own = own(keys);
		if (own == null && this.transactions.open() == null) {
			return this.many.retrieve(keys, loader);
		}
		return this.loads.reader().many().lookLater(keys).thenCompose((found) -> {
			@Nullable Object[] values = found.clone();
			int[] missing = missing(values, own);
			return (missing.length == 0) ? CompletableFuture.completedFuture(values)
					: this.loads.unshared()
						.retrieve(() -> loader.apply(missing))
						.thenApply((loaded) -> filled(values, missing, loaded));
		});
	}

	/**
	 * What the transaction has made of the entries.
	 * @return {@code null} when it has changed none
	 */
	private @Nullable Change @Nullable [] own(byte[][] keys) {
		if (this.transactions.current() == null) {
			return null;
		}
		@Nullable Change[] own = new @Nullable Change[keys.length];
		boolean any = false;
		for (int i = 0; i < keys.length; i++) {
			own[i] = this.reads.own(keys[i]);
			any |= own[i] != null;
		}
		return any ? own : null;
	}

	private int[] missing(@Nullable Object[] values, @Nullable Change @Nullable [] own) {
		BitSet missing = new BitSet();
		for (int i = 0; i < values.length; i++) {
			Change change = (own != null) ? own[i] : null;
			Object found = values[i];
			values[i] = (change != null) ? this.reads.decoded(change)
					: (found != null) ? this.loads.reader().fresh(found) : null;
			missing.set(i, values[i] == null || values[i] instanceof Miss);
		}
		return missing.stream().toArray();
	}

	private static @Nullable Object[] filled(@Nullable Object[] values, int[] missing, @Nullable Object loaded) {
		if (loaded instanceof Object[] brought) {
			for (int i = 0; i < missing.length; i++) {
				values[missing[i]] = Unstored.served(brought[i]);
			}
		}
		return values;
	}

}
