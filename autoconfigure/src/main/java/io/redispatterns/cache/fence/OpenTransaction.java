package io.redispatterns.cache.fence;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.fence.Participant.Noted;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that is going on: what it has made of all that takes part in it, and what
 * it has loaded. A rollback to a savepoint forgets what came after it.
 */
public final class OpenTransaction {

	private static final Logger logger = LoggerFactory.getLogger(OpenTransaction.class);

	private final RedisExecutor redis;

	private final byte[] id;

	private final TransactionTraits traits;

	private final Map<Object, Changes> savepoints = new HashMap<>();

	private Changes changes = new Changes();

	private Phase phase = Phase.OPEN;

	private boolean awaited;

	public OpenTransaction(RedisExecutor redis, byte[] id, TransactionTraits traits) {
		this.redis = redis;
		this.id = id;
		this.traits = traits;
	}

	public TransactionTraits traits() {
		return this.traits;
	}

	public synchronized boolean isOpen() {
		return this.phase != Phase.ENDED;
	}

	/**
	 * Note a change. One that is made while others are told that the commit is near gets
	 * a fence of its own.
	 * @return {@code false} when it does not wait for the commit
	 */
	public <C extends Noted<C>> boolean note(Participant<C> participant, Consumer<C> change) {
		return note(participant, change, true);
	}

	/**
	 * Note a change.
	 * @param awaited whether the caller of the transaction waits until it has taken
	 * effect; for fences he does
	 * @return {@code false} when it does not wait for the commit
	 */
	public <C extends Noted<C>> boolean note(Participant<C> participant, Consumer<C> change, boolean awaited) {
		synchronized (this) {
			if (!isOpen() || !this.traits.writes()) {
				return false;
			}
			this.awaited |= awaited;
			change.accept(this.changes.of(participant));
			if (this.phase == Phase.OPEN) {
				return true;
			}
		}
		Changes late = new Changes();
		change.accept(late.of(participant));
		if (this.traits.blocking()) {
			new Fencing(this.redis, this.id, late).run();
		}
		return true;
	}

	/**
	 * Note that an entry was not found, so that the next put of it is known for a load.
	 */
	public synchronized void miss(TransactionalCache cache, byte[] key) {
		this.changes.of(cache).miss(key);
	}

	/**
	 * What it is to see of an entry, as of {@link CacheChanges#find}.
	 */
	public @Nullable Change find(TransactionalCache cache, byte[] key) {
		return find(cache, (own) -> own.find(key));
	}

	/**
	 * Find something in what it has made of a participant.
	 * @return {@code null} when it has made nothing of it
	 */
	public synchronized <C extends Noted<C>, R> @Nullable R find(Participant<C> participant,
			Function<? super C, ? extends @Nullable R> question) {
		C own = isOpen() ? this.changes.find(participant) : null;
		return (own != null) ? question.apply(own) : null;
	}

	/**
	 * Store a load when the transaction has committed.
	 * @return {@code false} when it has
	 */
	public synchronized boolean defer(Runnable fill) {
		return isOpen() && this.changes.fills().add(fill);
	}

	public synchronized void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.changes.copy());
	}

	/**
	 * Go back to a savepoint; one that is not known is older than all changes.
	 */
	public synchronized void rollBackTo(Object savepoint) {
		Changes before = this.savepoints.get(savepoint);
		this.changes = (before != null) ? before.copy() : new Changes();
	}

	public synchronized Fencing fence() {
		this.phase = Phase.FENCED;
		return new Fencing(this.redis, this.id, this.changes);
	}

	/**
	 * Whether the caller of the transaction waits for what is sent after the commit.
	 */
	public synchronized boolean isAwaited() {
		return this.awaited || !this.changes.fills().isEmpty();
	}

	/**
	 * What is to be sent after the commit.
	 */
	public Pipeline commit() {
		Pipeline pipeline = new Pipeline(this.redis);
		boolean fenced = end();
		this.changes.shares().forEach((share) -> share.release(this.id, pipeline, fenced));
		return pipeline;
	}

	/**
	 * Store what was loaded.
	 */
	public void fill() {
		for (Runnable fill : this.changes.fills()) {
			try {
				fill.run();
			}
			catch (RedisFailureException ex) {
				logger.debug("A load was not stored after the commit", ex);
			}
		}
	}

	/**
	 * What is to be sent after a rollback.
	 */
	public Pipeline rollBack() {
		Pipeline pipeline = new Pipeline(this.redis);
		if (end()) {
			this.changes.shares().forEach((share) -> share.rollBack(this.id, pipeline));
		}
		return pipeline;
	}

	/**
	 * End it.
	 * @return whether it was fenced
	 */
	public synchronized boolean end() {
		boolean fenced = this.phase == Phase.FENCED;
		this.phase = Phase.ENDED;
		return fenced;
	}

	private enum Phase {

		OPEN, FENCED, ENDED

	}

}
