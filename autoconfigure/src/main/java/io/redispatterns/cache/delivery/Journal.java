package io.redispatterns.cache.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.redispatterns.cache.near.NearCache;

/**
 * Keys and tags of one cache whose last write was lost, or the whole cache, when a clear
 * was lost or there are too many. Safe for use by many threads; while it is empty, a
 * question is one volatile read.
 */
public final class Journal {

	static final int MAX_KEYS = 10_000;

	static final Object EVERYTHING = new Object();

	private final ConcurrentMap<Object, Debt> debts = new ConcurrentHashMap<>();

	private final NearCache near;

	private final int most;

	private final Runnable alarm;

	private volatile boolean empty = true;

	private long versions;

	private Iterator<Debt> cursor = Collections.emptyIterator();

	/**
	 * Create an empty journal.
	 * @param near what this node keeps near, which is forgotten with each addition
	 * @param most how many keys and tags it holds before everything takes their place
	 * @param alarm told after each addition
	 */
	Journal(NearCache near, int most, Runnable alarm) {
		this.near = near;
		this.most = most;
		this.alarm = alarm;
	}

	/**
	 * Whether what the server holds for some keys may be used.
	 * @return {@code false} while a lost write of one of them is not made good
	 */
	public boolean trusts(byte[]... keys) {
		if (this.empty) {
			return true;
		}
		for (byte[] key : keys) {
			if (this.debts.containsKey(ByteBuffer.wrap(key))) {
				return false;
			}
		}
		// Last: an overflow replaces the keys by this
		return !this.debts.containsKey(EVERYTHING);
	}

	/**
	 * Whether entries with some tags may be used.
	 * @return {@code false} while a lost eviction of one of them is not made good
	 */
	public boolean trusts(Collection<String> tags) {
		return this.empty || (tags.stream().noneMatch(this.debts::containsKey) && !this.debts.containsKey(EVERYTHING));
	}

	/**
	 * Note a key whose write was lost.
	 * @param key the key
	 * @param deadline server time in microseconds until which it may run, 0 for none
	 */
	public void add(byte[] key, long deadline) {
		add((Object) ByteBuffer.wrap(key), deadline);
		this.near.drop(key);
	}

	/** Note a tag whose eviction was lost. */
	public void addTag(String tag) {
		add(tag, 0);
		this.near.dropTag(tag);
	}

	public void addEverything() {
		add(EVERYTHING, 0);
		this.near.flush();
	}

	private void add(Object subject, long deadline) {
		synchronized (this) {
			boolean full = this.debts.size() >= this.most && !this.debts.containsKey(subject);
			Object owed = (full || this.debts.containsKey(EVERYTHING)) ? EVERYTHING : subject;
			Debt before = this.debts.get(owed);
			long latest = (before != null) ? Math.max(before.deadline(), deadline) : deadline;
			this.debts.put(owed, new Debt(owed, ++this.versions, latest));
			if (owed == EVERYTHING && this.debts.size() > 1) {
				this.near.flush();
				this.debts.keySet().removeIf((other) -> other != EVERYTHING);
			}
			this.empty = false;
		}
		this.alarm.run();
	}

	/** Some of what is noted, others each time. */
	synchronized List<Debt> next(int count) {
		List<Debt> some = new ArrayList<>();
		this.cursor = this.cursor.hasNext() ? this.cursor : this.debts.values().iterator();
		while (some.size() < count && this.cursor.hasNext()) {
			some.add(this.cursor.next());
		}
		return some;
	}

	/** Strike out what was made good, unless a newer write was lost meanwhile. */
	synchronized boolean settle(Debt debt) {
		boolean settled = this.debts.remove(debt.subject(), debt);
		this.empty = this.debts.isEmpty();
		return settled;
	}

	boolean isEmpty() {
		return this.empty;
	}

	/** How many keys and tags wait, everything counted as one. */
	public int size() {
		return this.debts.size();
	}

	/**
	 * An eviction that is to be made.
	 *
	 * @param subject a key in a buffer, a tag, or {@link #EVERYTHING}
	 * @param version number of the failure
	 * @param deadline server time in microseconds until which a lost put may still run
	 */
	record Debt(Object subject, long version, long deadline) {

	}

}
