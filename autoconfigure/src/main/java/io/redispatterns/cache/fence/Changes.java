package io.redispatterns.cache.fence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transaction has made of some caches, and loads of it that are to be stored when
 * it has committed.
 *
 * @param caches the changes by cache
 * @param fills the loads
 */
record Changes(Map<TransactionalCache, CacheChanges> caches, List<Runnable> fills) {

	Changes() {
		this(new LinkedHashMap<>(), new ArrayList<>());
	}

	CacheChanges of(TransactionalCache cache) {
		return this.caches.computeIfAbsent(cache, (any) -> new CacheChanges());
	}

	Changes copy() {
		Changes copy = new Changes();
		this.caches.forEach((cache, own) -> copy.caches.put(cache, own.copy()));
		copy.fills.addAll(this.fills);
		return copy;
	}

}
