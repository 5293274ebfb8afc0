package io.redispatterns.hash;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.delivery.Redelivery;
import io.redispatterns.cache.fence.FenceFailureException;
import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fence.Participant;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.near.Announcement;
import io.redispatterns.cache.transaction.CacheTransactions;
import io.redispatterns.hash.HashChange.Kind;
import io.redispatterns.hash.script.HashFences;
import io.redispatterns.hash.script.HashStatistics;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.hash.script.HashWrites;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * One store as transactions see it: its writes are noted, fenced before the commit and
 * made after it. What could not be fenced is not trusted on this node until it is
 * deleted.
 */
final class FencedHashes implements Participant<HashChanges>, AutoCloseable {

	/**
	 * More objects at once that this node does not trust fail the transaction, as their
	 * journal has no other bound: all hashes of a store cannot be voided at once.
	 */
	private static final int MOST_UNFENCED = 9_000;

	private final HashFences fences;

	private final Leases leases;

	private final HashStatistics statistics;

	private final Commits commits;

	private final Redelivery redelivery;

	FencedHashes(HashFences fences, Leases leases, HashStatistics statistics, Commits commits) {
		this.fences = fences;
		this.leases = leases;
		this.statistics = statistics;
		this.commits = commits;
		this.redelivery = new Redelivery("hash:" + statistics.name(), commits.redis(), this::delete);
	}

	/**
	 * The transaction that the caller is in and that has not ended, unless it can neither
	 * change data nor see what is not current.
	 */
	@Nullable OpenTransaction open() {
		OpenTransaction transaction = this.commits.transactions().open();
		return (transaction != null && transaction.isOpen()) ? transaction : null;
	}

	/**
	 * Note a write.
	 * @return {@code false} when it does not wait for a commit
	 */
	boolean note(byte[] key, HashChange change) {
		OpenTransaction transaction = this.commits.transactions().open();
		return transaction != null && transaction.note(this, (changes) -> changes.note(key, change));
	}

	/**
	 * Refuse what cannot wait for a commit.
	 * @throws IllegalStateException if the caller is in a transaction that can change
	 * data
	 */
	void refuse() {
		OpenTransaction transaction = open();
		if (transaction != null && transaction.traits().writes()) {
			throw new IllegalStateException("'increment' gives a sum that a rollback would make wrong, so it is not for"
					+ " transactions: call it outside of one, write the sum with 'setField', or set"
					+ " 'redis.hash.transaction' to 'none'");
		}
	}

	/**
	 * What the caller's transaction has made of an object.
	 */
	@Nullable HashChange find(byte[] key) {
		OpenTransaction transaction = open();
		return (transaction != null) ? transaction.find(this, (changes) -> changes.find(key)) : null;
	}

	/**
	 * What the caller is to see of an object.
	 * @param found what is there as JSON by name, empty when there is no object
	 * @param names what is asked for
	 */
	Map<String, byte[]> see(byte[] key, Map<String, byte[]> found, Collection<String> names) {
		Map<String, byte[]> trusted = trusts(key) ? found : Map.of();
		HashChange own = find(key);
		return (own != null) ? own.over(trusted, names) : trusted;
	}

	/**
	 * Whether what the server holds may be used.
	 */
	boolean trusts(byte[] key) {
		return this.redelivery.journal().trusts(key);
	}

	@Override
	public HashChanges nothing() {
		return new HashChanges();
	}

	@Override
	public void fence(byte[] transaction, HashChanges changes, Pipeline pipeline,
			Consumer<FenceFailureException> refused) {
		changes.forEach((key, change) -> pipeline
			.add(() -> this.fences.fence(key, transaction, change.kind() == Kind.SET && trusts(key)), (done) -> {
			}, (ex) -> unfenced(key, ex, refused)));
	}

	private void unfenced(byte[] key, RedisFailureException ex, Consumer<FenceFailureException> refused) {
		this.statistics.count(Event.UNFENCED);
		if (this.commits.fail() || this.redelivery.journal().size() >= MOST_UNFENCED) {
			refused.accept(new FenceFailureException("hash:" + this.statistics.name(), ex));
		}
		else {
			this.redelivery.journal().add(key, 0);
		}
	}

	/**
	 * Add what is to be done after the commit, or do it where there is no fence.
	 */
	@Override
	public void release(byte[] transaction, HashChanges changes, Pipeline pipeline, boolean fenced) {
		if (!fenced) {
			changes.forEach(this::make);
			return;
		}
		changes.forEach((key, change) -> pipeline.add(() -> release(key, transaction, change), (reply) -> {
			if (reply < 0) {
				this.statistics.count(Event.UNWRITTEN);
			}
		}, (ex) -> this.statistics.count(Event.UNWRITTEN)));
	}

	private void make(byte[] key, HashChange change) {
		HashWrites writes = this.fences.writes();
		try {
			switch (change.kind()) {
				case PUT -> writes.put(key, change.version(), change.fields());
				case SET -> writes.set(key, change.version(), change.fields());
				case DELETE -> writes.delete(key);
			}
		}
		catch (RedisFailureException ex) {
			this.statistics.count(Event.UNWRITTEN);
			this.redelivery.journal().add(key, this.commits.redis().deadline(key));
		}
	}

	private CompletableFuture<Long> release(byte[] key, byte[] transaction, HashChange change) {
		return switch (change.kind()) {
			case PUT -> this.fences.put(key, transaction, change.version(), change.fields());
			case SET -> this.fences.set(key, transaction, change.version(), change.fields());
			case DELETE -> this.fences.remove(key, transaction);
		};
	}

	/**
	 * Take the fences of a rollback away, and leave what was there where that is known.
	 * Where it fails, they end by themselves.
	 */
	@Override
	public void rollBack(byte[] transaction, HashChanges changes, Pipeline pipeline) {
		changes.forEach((key,
				change) -> pipeline.add(() -> (change.kind() == Kind.SET)
						? this.fences.set(key, transaction, "", Map.of()) : this.fences.remove(key, transaction),
						(done) -> {
						}, (ex) -> {
						}));
	}

	private CompletableFuture<Boolean> delete(byte[] key, long deadline) {
		return this.leases.evict(key, deadline, Announcement.NONE).thenApply((removed) -> removed > 0);
	}

	@Override
	public void close() {
		this.redelivery.close();
	}

	/**
	 * How the writes of transactions take effect.
	 *
	 * @param redis the way to the server
	 * @param transactions the transactions
	 * @param fail whether one is to fail that cannot be fenced
	 */
	record Commits(RedisExecutor redis, CacheTransactions transactions, boolean fail) {

	}

}
