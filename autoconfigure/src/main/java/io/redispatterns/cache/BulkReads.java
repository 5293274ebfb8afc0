package io.redispatterns.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.transaction.CacheTransactions.Access;
import io.redispatterns.cache.transaction.ManyReads;
import io.redispatterns.cache.transaction.TransactionalReads;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Reads of many keys of one cache, which the rooms below know by their places.
 */
final class BulkReads {

	private final EntryAccess entries;

	private final TransactionalReads reads;

	private final ManyReads many;

	private final UnaryOperator<@Nullable Object> values;

	/**
	 * Create the reads of a cache.
	 * @param entries its entries
	 * @param access the way to them
	 * @param values makes values of store values
	 */
	BulkReads(EntryAccess entries, Access access, UnaryOperator<@Nullable Object> values) {
		this.entries = entries;
		this.reads = access.reads();
		this.many = access.many();
		this.values = values;
	}

	Map<Object, @Nullable Object> present(Collection<?> keys) {
		Wanted<Object> wanted = new Wanted<>(keys);
		Map<Object, @Nullable Object> values = new LinkedHashMap<>();
		@Nullable Object[] found = wanted.found(wanted.far.isEmpty() ? new Object[0] : this.reads.readAll(wanted.entries()));
		for (int i = 0; i < found.length; i++) {
			if (found[i] != null) {
				values.put(wanted.keys.get(i), this.values.apply(found[i]));
			}
		}
		return values;
	}

	<K, V> Map<K, @Nullable V> get(Collection<? extends K> keys, BulkLoader<K, V> loader) {
		Wanted<K> wanted = new Wanted<>(keys);
		if (wanted.far.isEmpty()) {
			return wanted.byKey(new Object[0]);
		}
		try {
			return wanted.byKey(this.many.get(wanted.entries(), (places) -> {
				List<K> missing = wanted.at(places);
				return inOrder(missing, loader.load(missing));
			}));
		}
		catch (LoaderException ex) {
			Callable<?> load = () -> loader.load(wanted.keys);
			throw new ValueRetrievalException(wanted.keys, load, ex.thrown());
		}
	}

	<K, V> CompletableFuture<Map<K, @Nullable V>> retrieve(Collection<? extends K> keys,
			BulkLoader.Async<K, V> loader) {
		Wanted<K> wanted = new Wanted<>(keys);
		if (wanted.far.isEmpty()) {
			return CompletableFuture.completedFuture(wanted.byKey(new Object[0]));
		}
		CompletableFuture<Map<K, @Nullable V>> result = new CompletableFuture<>();
		this.many.retrieve(wanted.entries(), (places) -> {
			List<K> missing = wanted.at(places);
			return loader.load(missing).thenApply((loaded) -> inOrder(missing, loaded));
		}).whenComplete((found, ex) -> {
			if (ex != null) {
				result.completeExceptionally(thrown(LoadObservations.unwrap(ex)));
			}
			else {
				result.complete(wanted.byKey(found));
			}
		});
		return result;
	}

	private static Throwable thrown(Throwable ex) {
		return (ex instanceof LoaderException loader) ? loader.thrown() : ex;
	}

	private static @Nullable Object[] inOrder(List<?> keys, Map<?, ?> loaded) {
		return keys.stream().map(loaded::get).toArray();
	}

	/**
	 * What a caller wants: some of it is near.
	 */
	private final class Wanted<K> {

		private final List<K> keys;

		private final @Nullable Object[] near;

		private final List<K> far;

		Wanted(Collection<? extends K> keys) {
			this.keys = Collections.unmodifiableList(new ArrayList<>(new LinkedHashSet<>(keys)));
			this.near = this.keys.stream().map(BulkReads.this.reads::near).toArray();
			this.far = IntStream.range(0, this.near.length)
				.filter((i) -> this.near[i] == null)
				.mapToObj(this.keys::get)
				.toList();
		}

		byte[][] entries() {
			return this.far.stream().map(BulkReads.this.entries::key).toArray(byte[][]::new);
		}

		List<K> at(int[] places) {
			return Arrays.stream(places).mapToObj(this.far::get).toList();
		}

		/**
		 * What is near and what was read, in the order of the keys.
		 */
		@Nullable Object[] found(@Nullable Object[] read) {
			int place = 0;
			for (int i = 0; i < this.near.length; i++) {
				this.near[i] = (this.near[i] != null) ? this.near[i] : read[place++];
			}
			return this.near;
		}

		@SuppressWarnings("unchecked")
		<V> Map<K, @Nullable V> byKey(@Nullable Object[] read) {
			@Nullable Object[] found = found(read);
			Map<K, @Nullable V> values = new LinkedHashMap<>();
			for (int i = 0; i < found.length; i++) {
				values.put(this.keys.get(i), (V) BulkReads.this.values.apply(found[i]));
			}
			return values;
		}

	}

}
