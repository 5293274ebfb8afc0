package io.redispatterns.invalidation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.near.WriteKind;
import org.jspecify.annotations.Nullable;

/**
 * The near caches of this node, by the names of their caches.
 */
final class Feeds {

	private final Map<String, List<NearCache>> caches = new ConcurrentHashMap<>();

	void add(String cache, NearCache near) {
		this.caches.computeIfAbsent(cache, (name) -> new CopyOnWriteArrayList<>()).add(near);
	}

	boolean areNone() {
		return this.caches.isEmpty();
	}

	/**
	 * Forget what a write is about.
	 * @param operation what it does, {@code null} when that is not understood
	 */
	void forget(@Nullable WriteKind operation, String cache, byte[] subject) {
		for (NearCache near : this.caches.getOrDefault(cache, List.of())) {
			if (operation == WriteKind.TAG) {
				near.dropTag(new String(subject, StandardCharsets.UTF_8));
			}
			else if (operation == null || operation == WriteKind.CLEAR) {
				near.flush();
			}
			else {
				near.drop(subject);
			}
		}
	}

	/**
	 * Forget everything.
	 */
	void flush() {
		this.caches.values().forEach((same) -> same.forEach(NearCache::flush));
	}

}
