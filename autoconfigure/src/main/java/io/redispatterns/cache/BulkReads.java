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

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.transaction.ManyReads;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Reads of many keys of one cache, which the rooms below know by their places.
 */
final class BulkReads {

	private final EntryAccess entries;

	private final ManyReads reads;

	private final UnaryOperator<@Nullable Object> values;

	/**
	 * Create the reads of a cache.
	 * @param entries its entries
	 * @param reads reads many of them
	 * @param values makes values of store values
	 */
	BulkReads(EntryAccess entries, ManyReads reads, UnaryOperator<@Nullable Object> values) {
		this.entries = entries;
		this.reads = reads;
		this.values = values;
	}

	<K, V> Map<K, @Nullable V> get(Collection<? extends K> keys, BulkLoader<K, V> loader) {
		List<K> distinct = distinct(keys);
		try {
			return byKey(distinct, this.reads.get(entries(distinct), (places) -> {
				List<K> missing = at(places, distinct);
				return inOrder(missing, loader.load(missing));
			}));
		}
		catch (LoaderException ex) {
			Callable<?> load = () -> loader.load(distinct);
			throw new ValueRetrievalException(distinct, load, ex.thrown());
		}
	}

	<K, V> CompletableFuture<Map<K, @Nullable V>> retrieve(Collection<? extends K> keys,
			BulkLoader.Async<K, V> loader) {
		List<K> distinct = distinct(keys);
		CompletableFuture<Map<K, @Nullable V>> result = new CompletableFuture<>();
		this.reads.retrieve(entries(distinct), (places) -> {
			List<K> missing = at(places, distinct);
			return loader.load(missing).thenApply((loaded) -> inOrder(missing, loaded));
		}).whenComplete((found, ex) -> {
			if (ex != null) {
				result.completeExceptionally(thrown(LoadObservations.unwrap(ex)));
			}
			else {
				result.complete(byKey(distinct, found));
			}
		});
		return result;
	}

	private static Throwable thrown(Throwable ex) {
		return (ex instanceof LoaderException loader) ? loader.thrown() : ex;
	}

	private static <K> List<K> distinct(Collection<? extends K> keys) {
		return Collections.unmodifiableList(new ArrayList<>(new LinkedHashSet<>(keys)));
	}

	private byte[][] entries(List<?> keys) {
		return keys.stream().map(this.entries::key).toArray(byte[][]::new);
	}

	private static <K> List<K> at(int[] places, List<K> keys) {
		return Arrays.stream(places).mapToObj(keys::get).toList();
	}

	private static @Nullable Object[] inOrder(List<?> keys, Map<?, ?> loaded) {
		return keys.stream().map(loaded::get).toArray();
	}

	@SuppressWarnings("unchecked")
	private <K, V> Map<K, @Nullable V> byKey(List<K> keys, @Nullable Object[] found) {
		Map<K, @Nullable V> values = new LinkedHashMap<>();
		for (int i = 0; i < found.length; i++) {
			values.put(keys.get(i), (V) this.values.apply(found[i]));
		}
		return values;
	}

}
