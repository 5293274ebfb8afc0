package io.redispatterns.cache.fill;

import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.entry.EntryReader;

/**
 * Reads of many entries of one cache at once, for loads, as {@link LoadReader} reads one.
 */
public final class ManyReader {

	private final EntryReader entries;

	private final LoadReader one;

	ManyReader(EntryReader entries, LoadReader one) {
		this.entries = entries;
		this.one = one;
	}

	/**
	 * Read for a load.
	 * @return what was found, in the order of the keys, each as of
	 * {@link LoadReader#look}
	 */
	public Object[] look(byte[]... keys) {
		return answers(keys, this.entries.readAll(keys));
	}

	public CompletableFuture<Object[]> lookLater(byte[]... keys) {
		return this.entries.readAllLater(keys).thenApply((found) -> answers(keys, found));
	}

	private Object[] answers(byte[][] keys, Object[] found) {
		Object[] answers = new Object[found.length];
		for (int i = 0; i < found.length; i++) {
			answers[i] = this.one.answer(keys[i], found[i]);
		}
		return answers;
	}

	/**
	 * Look for what other loads have brought since Redis was asked the last time, not
	 * counted.
	 */
	public CompletableFuture<Object[]> lookAgainLater(byte[]... keys) {
		return this.entries.peekAllLater(keys).thenApply((found) -> {
			Object[] again = new Object[found.length];
			for (int i = 0; i < found.length; i++) {
				again[i] = this.one.orStandIn(keys[i], LoadReader.again(found[i]));
			}
			return again;
		});
	}

}
